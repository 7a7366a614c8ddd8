import { randomUUID } from 'node:crypto';
import {
  openGates,
  type Intake,
  type IntakeField,
  type IntakeKind,
  type IntakePath,
  type IntakeValues,
} from '#contracts';
import type { SessionUser, Store, StoreParcels } from '#contracts';

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

const NONE = { items: [], more: false };
/** What is signed for. */
const LEFT = { version: 3, es: 'Queda en depósito.', en: 'It is left with us.' };
const LENT = { version: 3, es: 'Se devuelve.', en: 'It comes back.' };

/** The intakes of a small counter: kept field by field, refused or finished as a test wants it. */
export class Intakes {
  readonly kept: Intake[] = [];
  /** Answers the next finish with this instead. */
  refuse: { status: number; code: string; details?: unknown } | null = null;

  valuesOf({ fields }: Intake): IntakeValues {
    return Object.fromEntries(fields.map(({ path, value }) => [path, value]));
  }

  private begin(body: Record<string, unknown>, user: SessionUser, stores: readonly Store[]): Intake {
    const known = this.kept.find(({ id }) => id === body['id']);
    if (known) return known;
    const store = stores.find(({ id }) => id === body['storeId']);
    const at = new Date().toISOString();
    const intake: Intake = {
      id: String(body['id'] ?? randomUUID()),
      kind: body['kind'] as IntakeKind,
      state: 'open',
      store: { id: store?.id ?? '', name: store?.name ?? '' },
      startedBy: { id: user.id, displayName: user.displayName },
      ...{ startedAt: at, touchedAt: at, fields: [], photos: [], gates: [], outcome: null },
    };
    this.kept.push(intake);
    return intake;
  }

  private save(intake: Intake, { path, value }: { path: IntakePath; value: unknown }, user: SessionUser) {
    const held = intake.fields.find((field) => field.path === path);
    const by = { id: user.id, displayName: user.displayName };
    const field: IntakeField = { path, value, version: (held?.version ?? 0) + 1, by, at: new Date().toISOString() };
    intake.fields = [...intake.fields.filter((one) => one.path !== path), field];
    return { path, outcome: 'saved', version: field.version };
  }

  private finish(intake: Intake): [number, unknown] {
    const refusal = this.refuse;
    this.refuse = null;
    if (refusal) return [refusal.status, { ...refusal, message: refusal.code, requestId: 'stage' }];
    const gates = openGates(intake.kind, this.valuesOf(intake));
    if (gates.length > 0)
      return [422, { code: 'intake.gates_open', message: 'open', details: { gates }, requestId: 'stage' }];
    intake.outcome = {
      ...{ visitId: randomUUID(), caseId: randomUUID(), customerId: randomUUID(), caseReference: 'H-1001-2Q' },
      ...{ deviceId: null, repairId: null, warrantyDecisionId: null, loanDecisionId: null, loanId: null },
      ...{ handoffId: null, legId: null },
    };
    intake.state = 'finished';
    return [200, intake.outcome];
  }

  /** What the API would answer; undefined: it is about something else. */
  answer({ method, path, body }: Call, user: SessionUser, stores: readonly Store[]): [number, unknown] | undefined {
    const [, room, id, deed] = path.split('/');
    const store = stores.find((one) => one.id === id) ?? { id: '', name: '' };
    if (room === 'stores' && deed === 'loaners') return [200, { store, items: [], coming: [], unmet: 0 }];
    if (room === 'stores' && deed === 'board') return [200, this.board(store)];
    if (room === 'stores' && deed === 'parcels') return [200, { toSend: NONE, toReceive: NONE } satisfies StoreParcels];
    if (room === 'loaner-settings') return [200, { rules: [], terms: LENT }];
    if (room !== 'intakes') return undefined;
    if (id === 'terms') return [200, LEFT];
    if (!id && method === 'POST') return [201, this.begin(body, user, stores)];
    if (!id) return [200, { items: [] }];
    const intake = this.kept.find((one) => one.id === id);
    if (!intake) return [404, { code: 'intake.not_found', message: 'none', requestId: 'stage' }];
    if (deed === 'finish') return this.finish(intake);
    if (deed === 'photos') return [201, this.photo(intake)];
    if (method !== 'PATCH') return [200, intake];
    const fields = body['fields'] as { path: IntakePath; value: unknown }[];
    return [200, { results: fields.map((field) => this.save(intake, field, user)) }];
  }

  private board(store: { id: string; name: string }) {
    return {
      ...{ store: { ...store, timeZone: 'Europe/Madrid' }, asOf: new Date().toISOString(), waiting: null, intakes: [] },
      ...{ reserved: NONE, lent: NONE, ready: NONE, promised: NONE },
      loaners: { available: 0, toClean: 0, coming: 0 },
    };
  }

  private photo(intake: Intake) {
    const photo = { id: randomUUID(), fileName: 'foto.jpg', contentType: 'image/jpeg', size: 4, sha256: 'x' };
    intake.photos.push(photo);
    return photo;
  }
}
