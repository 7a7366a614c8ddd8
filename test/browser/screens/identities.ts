import { randomUUID } from 'node:crypto';
import {
  allows,
  GATED_ACTIONS,
  isMasked,
  maskOf,
  type CaseDetail,
  type CaseProof,
  type ContactPointDetail,
  type GatedAction,
  type IdentifierKind,
} from '#contracts';

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

const MADE = '2026-11-16T08:12:00Z';

export const pointOf = (
  kind: IdentifierKind,
  display: string,
  part: Partial<ContactPointDetail> = {},
): ContactPointDetail => ({
  id: randomUUID(),
  kind,
  value: isMasked(kind) ? null : display,
  handle: null,
  display: maskOf(kind, display),
  masked: isMasked(kind),
  source: 'message',
  verified: null,
  since: MADE,
  until: null,
  ended: null,
  shared: false,
  handles: [],
  ...part,
});

export const proofOf = (part: Partial<CaseProof> = {}): CaseProof => {
  const level = part.level ?? 'none';
  return {
    level,
    method: null,
    until: null,
    by: null,
    channels: [],
    reachable: [],
    code: null,
    documentKnown: false,
    allowed: (Object.keys(GATED_ACTIONS) as GatedAction[]).filter((action) => allows(level, action)),
    ...part,
  };
};

/** Who the customers of the stage are, as the API would tell it. */
export class Identities {
  /** By customer; the addresses of their case where nothing is said here. */
  readonly points = new Map<string, ContactPointDetail[]>();
  /** By case. */
  readonly proofs = new Map<string, CaseProof>();
  /** What the customer reads. */
  code = '493021';
  readonly whole = new Map<string, string>();

  pointsOf(detail: CaseDetail): ContactPointDetail[] {
    const known =
      this.points.get(detail.customer.id) ??
      detail.contactPoints.map(({ kind, display, ...known }) => pointOf(kind, display, known));
    this.points.set(detail.customer.id, known);
    return known;
  }
}

const refused = (status: number, code: string, details?: unknown): [number, unknown] => [
  status,
  { code, message: code, details, requestId: 'stage' },
];

/** What the stage answers about who somebody is; null: it is about something else. */
export function answerIdentity(who: Identities, cases: CaseDetail[], call: Call): [number, unknown] | null {
  const [, room, id, deed, pointId, act] = call.path.split('/');
  if (room === 'customers' && id) {
    const detail = cases.find(({ customer }) => customer.id === id);
    return detail ? onCustomer(who, detail, call, deed === 'contact-points' ? pointId : undefined, act) : null;
  }
  const detail = cases.find((one) => room === 'cases' && (one.id === id || one.reference === id));
  if (!detail || !deed) return null;
  const proof = who.proofs.get(detail.id) ?? proofOf();
  if (deed === 'proof') return [200, proof];
  const proven = (part: Partial<CaseProof>): [number, unknown] => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const next = proofOf({
      ...proof,
      allowed: undefined,
      level: 'strong',
      until,
      code: null,
      ...part,
    });
    const given = { ...next, allowed: proofOf({ level: 'strong' }).allowed };
    who.proofs.set(detail.id, given);
    return [201, given];
  };
  if (deed === 'proofs') return proven({ method: 'document_seen' });
  if (deed !== 'one-time-codes') return null;
  if (pointId === 'confirm')
    return call.body['code'] === who.code
      ? proven({ method: 'one_time_code' })
      : refused(422, 'code.wrong', { triesLeft: 4 });
  const to = proof.reachable.find(({ contactPointId }) => contactPointId === call.body['contactPointId']);
  const sentAt = new Date().toISOString();
  const expiresAt = new Date(Date.now() + 600_000).toISOString();
  const code = {
    id: randomUUID(),
    contactPointId: to?.contactPointId ?? '',
    address: to?.address ?? '',
    sentAt,
    expiresAt,
    triesLeft: 5,
  };
  who.proofs.set(detail.id, { ...proof, code });
  return [201, { ...proof, code }];
}

function onCustomer(
  who: Identities,
  detail: CaseDetail,
  { method, body }: Call,
  pointId: string | undefined,
  act: string | undefined,
): [number, unknown] {
  const points = who.pointsOf(detail);
  const point = points.find(({ id }) => id === pointId);
  const isProven = who.proofs.get(detail.id)?.level === 'strong';
  if (act === 'reveal')
    return point && isProven
      ? [200, { id: point.id, value: who.whole.get(point.id), display: who.whole.get(point.id) }]
      : refused(403, 'proof.required');
  if (method === 'PATCH' && point) {
    if (body['end'])
      Object.assign(point, {
        until: new Date().toISOString(),
        ended: { reason: (body['end'] as { reason: string }).reason, by: null },
      });
    if (body['shared'] !== undefined) point.shared = body['shared'] === true;
    if (body['verified'] && !isProven) return refused(403, 'proof.required');
    if (body['verified']) point.verified = { at: new Date().toISOString(), how: 'one_time_code', by: null };
  }
  if (method === 'POST' && !pointId)
    points.push(pointOf(body['kind'] as IdentifierKind, String(body['value']), { source: 'staff' }));
  return [method === 'POST' ? 201 : 200, { ...detail.customer, contactPoints: points, openCase: null, cases: [] }];
}

/** Somebody of five years: a document, a landline she shares, a number that is another's now. */
export function fillIdentities(who: Identities, detail: CaseDetail): void {
  const email = pointOf('email', 'lucia@correo.test', {
    source: 'import',
    verified: { at: MADE, how: 'one_time_code', by: null },
  });
  const document = pointOf('document', '12345678Z', { source: 'staff' });
  who.whole.set(document.id, '12345678Z');
  const [handle] = detail.contactPoints;
  who.points.set(detail.customer.id, [
    pointOf('twitter', '@cliente', {
      id: handle?.id ?? randomUUID(),
      handle: 'cliente',
      handles: [{ handle: 'cliente_de_antes', until: '2026-10-01T09:00:00Z' }],
    }),
    email,
    pointOf('phone', '+34 910 000 222', { source: 'import', shared: true }),
    pointOf('line', '+34612407718', { source: 'import' }),
    document,
    pointOf('phone', '+34 611 000 111', {
      until: '2026-11-01T09:00:00Z',
      ended: { reason: 'somebody_else', by: null },
    }),
  ]);
  who.proofs.set(
    detail.id,
    proofOf({
      documentKnown: true,
      reachable: [
        { contactPointId: email.id, channel: 'email', address: 'lucia@correo.test', level: 'strong' },
        { contactPointId: handle?.id ?? '', channel: 'twitter', address: '@cliente', level: 'weak' },
      ],
    }),
  );
}
