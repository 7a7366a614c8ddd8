import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  askOutside,
  CLOCK,
  MOST_TRIES,
  nextTryAfter,
  reasonOf,
  saidIn,
  signatureOf,
  verdictOf,
  withRetry,
  type Clock,
} from '#platform';
import { bodyOf, type Told } from './webhook-body.rules.js';
import { Webhooks } from './webhooks.service.js';

const PORTION = 20;
/** Whoever took messages and died leaves them for so long. */
const LEASE_MS = 60_000;
/** Nobody reads more of what they answer than its first words. */
const LIMITS = { patienceMs: 10_000, most: 2_000 };
/** It says that it is there no more. */
const GONE = 410;

interface Taken extends Told {
  endpointId: string;
  url: string;
  sealed: string;
  sealedBefore: string | null;
  attempts: number;
  failures: number;
}

interface Answer {
  verdict: 'sent' | 'again' | 'dead';
  status: number | null;
  error: string | null;
}

/** Brings messages to other systems. One that fails is left alone for longer each time, and tried with a single message then. */
@Injectable()
export class WebhookPost {
  constructor(
    private readonly database: DataSource,
    private readonly webhooks: Webhooks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A few of each; no transaction is held while another system thinks. @returns whether there may be more right away */
  async sendSome(): Promise<boolean> {
    const taken = await withRetry(this.database, (tx) => this.take(tx));
    const byEndpoint = Map.groupBy(taken, ({ endpointId }) => endpointId);
    // A slow one keeps nobody waiting but itself.
    await Promise.all([...byEndpoint.values()].map((messages) => this.sendAll(messages)));
    return taken.length > 0;
  }

  private async sendAll(messages: Taken[]): Promise<void> {
    for (const message of messages) {
      const attempts = await this.begin(message);
      if (attempts === null) continue;
      const answer = await this.send(message);
      await withRetry(this.database, (tx) => this.settle(tx, { ...message, attempts }, answer));
      if (answer.verdict === 'again') return;
    }
  }

  private async take(tx: EntityManager): Promise<Taken[]> {
    const now = this.clock.now();
    const [rows]: [Taken[], number] = await tx.query(
      `update webhook_message m set due_at = $2 from (
         select d.id as due_id, w.* from webhook_endpoint w cross join lateral (
           select x.id from webhook_message x where x.endpoint_id = w.id and x.state = 'waiting' and x.due_at <= $1
           order by x.due_at, x.id limit case when w.failures > 0 then 1 else ${PORTION} end for update skip locked) d
         where w.active and (w.resumes_at is null or w.resumes_at <= $1)) w
       join webhook_message own on own.id = w.due_id join case_event e on e.id = own.event_id join cases c on c.id = e.case_id
       where m.id = w.due_id returning m.id, m.attempts, w.id as "endpointId", w.url, w.sealed, case when w.both_until > $1 then w.sealed_before end as "sealedBefore",
         w.failures, e.type, e.data, iso(e.at) as at, e.case_id as "caseId", c.reference as "caseReference", e.case_version as "caseVersion"`,
      [now, new Date(now.getTime() + LEASE_MS)],
    );
    return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** A try of its own, for as long as one may last. @returns how many there were; null: it is not ours any more */
  private async begin({ id, attempts }: Taken): Promise<number | null> {
    const [[begun]]: [{ attempts: number }[], number] = await this.database.query(
      `update webhook_message set attempts = attempts + 1, due_at = $3 where id = $1 and attempts = $2 and state = 'waiting' returning attempts`,
      [id, attempts, new Date(this.clock.now().getTime() + LEASE_MS)],
    );
    return begun?.attempts ?? null;
  }

  private async send(message: Taken): Promise<Answer> {
    const at = Math.floor(this.clock.now().getTime() / 1000);
    const body = JSON.stringify(bodyOf(message));
    const secrets = this.webhooks.open([message.sealed, message.sealedBefore]);
    const headers = {
      ...{ 'content-type': 'application/json', 'webhook-id': message.id, 'webhook-timestamp': String(at) },
      'webhook-signature': secrets.map((secret) => signatureOf(secret, message.id, at, body)).join(' '),
    };
    try {
      const answer = await askOutside(message.url, { method: 'POST', headers, body }, LIMITS);
      const verdict = answer.status === GONE ? 'dead' : verdictOf(answer.status);
      return { verdict, status: answer.status, error: verdict === 'sent' ? null : saidIn(answer) };
    } catch (error) {
      return { verdict: 'again', status: null, error: reasonOf(error) };
    }
  }

  private async settle(tx: EntityManager, message: Taken, { verdict, status, error }: Answer): Promise<void> {
    const now = this.clock.now();
    const state = verdict === 'again' ? (message.attempts < MOST_TRIES ? 'waiting' : 'dead') : verdict;
    await tx.query(
      `update webhook_message set state = $3::text, due_at = case when $3 = 'waiting' then $4::timestamptz end, status = $5, error = $6,
         sent_at = case when $3 = 'sent' then $4::timestamptz end where id = $1 and attempts = $2 and state = 'waiting'`,
      [message.id, message.attempts, state, now, status, error],
    );
    const failures = verdict === 'again' ? message.failures + 1 : 0;
    const resumes = verdict === 'again' ? new Date(now.getTime() + nextTryAfter(failures)) : null;
    await tx.query(
      `update webhook_endpoint set failures = $2, resumes_at = $3, last_sent_at = case when $4 then $5 else last_sent_at end, active = active and not $6 where id = $1`,
      [message.endpointId, failures, resumes, verdict === 'sent', now, status === GONE],
    );
  }
}
