import { randomUUID } from 'node:crypto';
import { type Clock, isoTime } from './clock.js';
import type { Feed } from './feed.js';
import type { Person } from './people.js';
import { Refusal } from './refusal.js';

/** How a call ended; `no_answer` also when the caller gave up. */
export type CallOutcome = 'answered' | 'no_answer' | 'busy' | 'voicemail';

/** One telephone call of a customer with the carrier. */
export interface Call {
  id: string;
  personId: string;
  /** Empty: withheld. */
  phone: string;
  extension: string | null;
  state: 'ringing' | 'talking' | 'over';
  outcome: CallOutcome | null;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  /** What the product was told, and what it answered. */
  told: { what: 'ringing' | 'record'; at: number; status: number | null }[];
}

export interface SwitchboardOptions {
  /** Of the product's API, e.g. `http://127.0.0.1:3000/api/v1`. */
  apiUrl: string;
  /** A key of the product's for its switchboard; null: it is told nothing. */
  token: string | null;
  /** Before a record is sent again to a product that did not take it. */
  retryDelaysMs: readonly number[];
}

const ANSWER_WITHIN_MS = 5_000;

/** The carrier's telephones: customers ring them, and the product is told, as any switchboard would tell it. */
export class Switchboard {
  private readonly calls = new Map<string, Call>();
  private readonly waiting = new Set<NodeJS.Timeout>();

  constructor(
    private readonly options: SwitchboardOptions,
    private readonly now: Clock,
    private readonly feed: Feed,
  ) {}

  all(): Call[] {
    return [...this.calls.values()];
  }

  /** @throws Refusal 404 */
  find(id: string): Call {
    const call = this.calls.get(id);
    if (!call) throw new Refusal(404, 'call.not_found', `no call ${id}`);
    return call;
  }

  /** Somebody dials the carrier, and a telephone rings. @throws Refusal 409 when they are on the phone already or have none */
  async dial(person: Person, { extension, withheld }: { extension: string | null; withheld: boolean }): Promise<Call> {
    if (person.phone === null) throw new Refusal(409, 'call.no_phone', 'this person has no telephone');
    if (this.all().some((call) => call.personId === person.id && call.state !== 'over'))
      throw new Refusal(409, 'call.busy', 'this person is on the phone already');
    const call: Call = {
      id: randomUUID(),
      personId: person.id,
      phone: withheld ? '' : person.phone,
      extension,
      state: 'ringing',
      outcome: null,
      startedAt: this.now(),
      answeredAt: null,
      endedAt: null,
      told: [],
    };
    this.calls.set(call.id, call);
    this.changed(call);
    // A number that is withheld tells nobody who calls.
    if (!withheld)
      await this.tell(call, 'ringing', '/calls/ringing', { phone: call.phone, extension: extension ?? undefined });
    return call;
  }

  /** Somebody of the carrier picks up. @throws Refusal 409 when it does not ring */
  answer(id: string): Call {
    const call = this.find(id);
    if (call.state !== 'ringing') throw new Refusal(409, 'call.not_ringing', 'this telephone does not ring');
    Object.assign(call, { state: 'talking', answeredAt: this.now() });
    this.changed(call);
    return call;
  }

  /** The call is over; the product gets its record. @throws Refusal 409 when it was over before */
  async hangUp(id: string, unanswered: Exclude<CallOutcome, 'answered'> = 'no_answer'): Promise<Call> {
    const call = this.find(id);
    if (call.state === 'over') throw new Refusal(409, 'call.over', 'this call is over');
    const outcome = call.state === 'talking' ? 'answered' : unanswered;
    Object.assign(call, { state: 'over', outcome, endedAt: this.now() });
    this.changed(call);
    await this.sendRecord(call, this.options.retryDelaysMs);
    return call;
  }

  stop(): void {
    this.waiting.forEach(clearTimeout);
  }

  private async sendRecord(call: Call, [wait, ...later]: readonly number[]): Promise<void> {
    const record = {
      id: call.id,
      phone: call.phone,
      direction: 'inbound',
      outcome: call.outcome,
      startedAt: isoTime(call.startedAt),
      durationSeconds: call.answeredAt === null ? 0 : Math.round(((call.endedAt ?? 0) - call.answeredAt) / 1000),
      extension: call.extension ?? undefined,
    };
    const status = await this.tell(call, 'record', '/calls/import', { calls: [record] });
    if (wait === undefined || (status !== null && status < 500)) return;
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      void this.sendRecord(call, later);
    }, wait);
    this.waiting.add(timer);
  }

  /** @returns the status of the answer, null without one */
  private async tell(call: Call, what: 'ringing' | 'record', path: string, body: unknown): Promise<number | null> {
    const { token, apiUrl } = this.options;
    if (token === null) return 401;
    const status = await fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => null,
    );
    call.told.push({ what, at: this.now(), status });
    this.changed(call);
    return status;
  }

  private changed(call: Call): void {
    this.feed.tell('call', call.personId);
  }
}
