import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CallImportAnswer, CallOutcome, Direction, InboundInteraction } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, CONFIG, newId, type Clock, type Config } from '#platform';
import type { ReadCall } from './call-log.rules.js';
import { normalisePhone } from './contact.rules.js';
import { IntakeService } from './intake.service.js';
import { SYSTEM } from './record.js';
import { FactService } from './story/fact.service.js';
import { tellCall } from './story/told-facts.js';

/** A call that came before its caller's case still belongs to it for so long. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000;
/** How long a job may take to come. */
const OVERDUE_MS = 60_000;
/** What one call of intake takes. */
const BATCH = 50;

/** A call whose caller has an open case. */
interface WaitingCall {
  id: string;
  externalId: string;
  phone: string;
  direction: Direction;
  outcome: CallOutcome;
  startedAt: Date;
  durationSeconds: number;
  extension: string | null;
  customerName: string;
}

const WAITING = `
  select l.id, l.external_id as "externalId", l.phone, l.direction, l.outcome, l.started_at as "startedAt", l.duration_seconds as "durationSeconds",
    l.extension, c.customer_name as "customerName"
  from call_log l join contact_point p on p.kind = 'phone' and p.value = l.phone and p.valid_to is null and not p.shared
    join cases c on c.customer_id = p.customer_id and c.is_open
  where l.interaction_id is null
    -- Of a number that was somebody else's: not the calls of those days.
    and not exists (select from contact_point e where e.kind = 'phone' and e.value = l.phone and e.valid_to > l.started_at)`;

/**
 * What the switchboard knows: every call, also of numbers nobody has a name for. A call becomes an entry once its caller has
 * an open case; it never opens one, for a person who is called back in a minute needs no case.
 */
@Injectable()
export class CallLogService {
  constructor(
    private readonly intake: IntakeService,
    private readonly facts: FactService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Keeps calls, each once however often it is told, and puts those of known callers on their cases.
   * @throws DomainError permission.denied
   */
  async take(tx: EntityManager, principal: Principal, read: ReadCall[]): Promise<CallImportAnswer> {
    demand(principal, 'call.import');
    const calls = read.flatMap((line) => ('call' in line ? [line.call] : []));
    const rows = calls.map(({ phone, ...call }) => ({ ...call, uuid: newId(), phone: normalisePhone(phone) }));
    const added: { id: string }[] = await tx.query(
      `insert into call_log (id, external_id, phone, direction, outcome, started_at, duration_seconds, extension, created_at)
       select c.uuid, c.id, c.phone, c.direction, c.outcome,
         case when c."startedAt" ~ '(Z|[+-][0-9:]+)$' then c."startedAt"::timestamptz else c."startedAt"::timestamp at time zone $2 end,
         c."durationSeconds", c.extension, $3
       from jsonb_to_recordset($1::jsonb) as c (uuid uuid, id text, phone text, direction text, outcome text, "startedAt" text, "durationSeconds" int, extension text)
       order by c.id
       on conflict (external_id) do nothing returning id`,
      [JSON.stringify(rows), this.config.timeZone, this.clock.now()],
    );
    const waiting: WaitingCall[] = await tx.query(`${WAITING} and l.id = any($1) order by l.started_at, l.id`, [
      added.map(({ id }) => id),
    ]);
    await this.attach(tx, waiting, ({ direction, outcome }) => direction === 'inbound' && outcome !== 'answered');
    return {
      imported: added.length,
      duplicates: calls.length - added.length,
      onCases: waiting.length,
      refused: read.flatMap((line) => ('call' in line ? [] : [line])),
    };
  }

  /**
   * Puts earlier calls of these cases' customers on them: those of the last seven days.
   * @returns how many
   */
  async attachEarlier(tx: EntityManager, caseIds: string[]): Promise<number> {
    const waiting: WaitingCall[] = await tx.query(
      `${WAITING} and c.id = any($1) and l.started_at > $2 order by l.started_at, l.id`,
      [caseIds, new Date(this.clock.now().getTime() - LOOK_BACK_MS)],
    );
    await this.attach(tx, waiting, () => false);
    return waiting.length;
  }

  /**
   * Puts calls on cases that no job came for (a flushed Redis forgets jobs).
   * @returns true when there may be more
   */
  async attachLeftOver(tx: EntityManager): Promise<boolean> {
    const now = this.clock.now().getTime();
    const waiting: WaitingCall[] = await tx.query(
      `${WAITING} and l.started_at > $1 and c.opened_at < $2 order by l.started_at, l.id limit ${BATCH}`,
      [new Date(now - LOOK_BACK_MS), new Date(now - OVERDUE_MS)],
    );
    await this.attach(tx, waiting, () => false);
    return waiting.length === BATCH;
  }

  /** @param isNews whether somebody must call back: of all others it is only noted that they happened */
  private async attach(tx: EntityManager, calls: WaitingCall[], isNews: (call: WaitingCall) => boolean): Promise<void> {
    for (let at = 0; at < calls.length; at += BATCH) {
      const batch = calls.slice(at, at + BATCH);
      const arrivals = await this.intake.receive(
        tx,
        batch.map((call) => entryOf(call, isNews(call))),
      );
      await tx.query(
        `with entry as (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as e (log_id, interaction_id, call_id)),
           noted as (update call_log l set interaction_id = e.interaction_id from entry e where l.id = e.log_id)
         insert into call (id, interaction_id, direction, outcome, phone, duration_seconds, extension, created_at)
         select e.call_id, e.interaction_id, l.direction, l.outcome, l.phone, l.duration_seconds, l.extension, $4
         from entry e join call_log l on l.id = e.log_id on conflict (interaction_id) do nothing`,
        [
          batch.map(({ id }) => id),
          arrivals.map(({ interactionId }) => interactionId),
          batch.map(() => newId()),
          this.clock.now(),
        ],
      );
      for (const [place, { direction, outcome, startedAt }] of batch.entries()) {
        const arrival = arrivals[place];
        if (arrival)
          await tellCall(tx, this.facts, SYSTEM, { ...arrival, direction, outcome, times: 1, at: startedAt });
      }
    }
  }
}

function entryOf(call: WaitingCall, isNews: boolean): InboundInteraction {
  const { externalId, phone, direction, startedAt, extension, customerName } = call;
  return {
    channel: 'phone',
    direction,
    externalId: `pbx:${externalId}`,
    contact: { kind: 'phone', value: phone, handle: null, display: phone },
    displayName: customerName,
    authorName: direction === 'outbound' ? (extension ? `Ext. ${extension}` : 'PBX') : null,
    text: '',
    occurredAt: startedAt.toISOString(),
    automatic: !isNews,
  };
}
