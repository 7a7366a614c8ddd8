import type { EntityManager } from 'typeorm';
import type { ClockMetric, Language } from '#contracts';
import { isLive, type Clock, type Ledger, type LedgerLine } from './clock.rules.js';
import { MS } from './milliseconds.js';
import type { Known, ReadCase, ReadEvent } from './moments.rules.js';
import { BACK } from './back.js';
import { apart, teamsOf, withTeams } from './sharing.rules.js';

/** The clocks of cases as rows, read and written of many cases at once. */

/** The ledger of a case as it was read, with what has happened since. */
export interface Book {
  caseId: string;
  policyVersionId: string | null;
  /** Of the calendars its due times were worked out by. */
  revision: number;
  known: Known;
  ledger: Ledger;
  now: ReadCase & Standing;
  events: ReadEvent[];
  /** Of which clocks the team has a row of its own. */
  teams: ReadonlySet<string>;
}

/** How the case stands, as lists of cases ask for it. */
interface Standing {
  assigneeId: string | null;
  queueId: string | null;
  tier: 'gold' | 'silver' | 'standard';
  language: Language;
  withoutService: boolean;
  /** They have a phone of ours. */
  hasLoaner: boolean;
}

export const ACTOR = (kind: string, id: string, name: string) =>
  `json_build_object('kind', ${kind}, 'id', ${id}, 'name', ${name})`;

const CLIMB = `case when k.ladder_version_id is not null then json_build_object('versionId', k.ladder_version_id, 'raised', k.rungs_raised,
  'next', k.next_rung, 'at', ${MS('k.rung_at')}) end`;

/** A row of `clock k` as a Clock. */
const clockJson = (
  more = '',
): string => `json_build_object('metric', k.metric, 'side', k.side, 'round', k.round, 'startedAt', ${MS('k.started_at')}, 'minutes', k.minutes,
  'counted', k.counted, 'runsSince', ${MS('k.runs_since')}, 'startedBy', ${ACTOR('k.started_kind', 'k.started_id', 'k.started_name')}, 'pausedFor', k.paused_for, 'dueAt', ${MS('k.due_at')}, 'breachedAt', ${MS('k.breached_at')}, 'isTold', k.is_told,
  'metAt', ${MS('k.met_at')}, 'endedAt', ${MS('k.ended_at')}, 'calendar', k.calendar,
  'handoff', case when k.handoff_id is not null then json_build_object('id', k.handoff_id, 'partner', k.partner_name) end${more})`;
export const CLOCK_JSON = clockJson();
/** The same, with where it is on its ladder. */
const CLIMBER_JSON = clockJson(`, 'climb', ${CLIMB}`);

/** Events of `case_ledger l`, each with the message it tells of and whether that only sent its reader away. */
export const eventsOf = (
  condition: string,
): string => `select json_agg(json_build_object('seq', e.seq::text, 'type', e.type, 'data', e.data, 'at', ${MS('e.at')},
    'actor', ${ACTOR('e.actor_kind', 'e.actor_id', 'e.actor_name')},
    'interaction', case when i.id is not null then json_build_object('author', ${ACTOR('i.author_kind', 'i.author_id', 'i.author_name')},
      'direction', i.direction, 'automatic', i.automatic,
      'reached', i.answers_post is null and coalesce(o.outcome, 'answered') = 'answered', 'bare', exists (select from case_event b
        where b.case_id = e.case_id and b.type = 'redirect.bare' and b.data ->> 'interactionId' = e.data ->> 'interactionId')) end,
    'back', ${BACK}) order by e.seq)
  from case_event e left join interaction i on e.type in ('interaction.received', 'interaction.sent') and i.id = (e.data ->> 'interactionId')::uuid
    left join call o on o.interaction_id = i.id
  where e.case_id = l.case_id and ${condition}`;

/** Whether anything has happened in the case of `case_ledger l` since it was read that its clocks look at; what they and their ladders say is none. */
export const UNREAD = `exists (select from case_event e where e.case_id = l.case_id and e.seq > l.seq and e.type !~ '^(clock|escalation)\\.')`;

/** The open promises to write again of a case; `cases` says whether there are any. */
const PROMISES = `case when c.next_update_due_at is null then '[]' else (select coalesce(json_agg(json_build_object('id', p.id, 'dueAt', ${MS('p.due_at')})), '[]')
  from promise p where p.case_id = c.id and p.state = 'open' and p.kind = 'update') end`;

/** Of an ended clock nothing is needed but whether the house has been told that it was late; one of a handoff may go on in another case, and come back. */
const CLOCKS = `select coalesce(json_agg(${CLIMBER_JSON} order by k.started_at, k.metric, k.side), '[]') from clock k where k.case_id = l.case_id
  and (k.round = (l.rounds ->> k.metric)::int or k.handoff_id is not null or k.breached_at is not null and not k.is_told)`;

/** How a case stands: of `cases c` and its customer. */
export const NOW_JSON = `json_build_object('status', c.status, 'waitReason', c.wait_reason, 'lacks', c.lacks, 'promises', ${PROMISES}, 'awaits', null, 'handoffs', null,
  'assigneeId', c.assignee_id, 'queueId', c.queue_id, 'tier', cu.tier, 'language', cu.language,
  'hasLoaner', exists (select from loan n where n.case_id = c.id and n.state = 'active'),
  'withoutService', c.is_open and exists (select from impact i where i.case_id = c.id and i.state <> 'restored'))`;

/**
 * Locks and reads the ledgers of these cases, in one order by everybody. A case that has none yet gets an empty one.
 * @param skipLocked leave out what somebody else has in hand
 */
export async function openBooks(tx: EntityManager, caseIds: string[], skipLocked = false): Promise<Book[]> {
  await tx.query(
    'insert into case_ledger (case_id) select id from unnest($1::uuid[]) id order by id on conflict do nothing',
    [caseIds],
  );
  const held: { id: string }[] = await tx.query(
    `select case_id as id from case_ledger where case_id = any($1) order by case_id for update ${skipLocked ? 'skip locked' : ''}`,
    [caseIds],
  );
  // Read after the locks were waited for, in one look: what happened and how the case stands belong together.
  const books: Omit<Book, 'teams'>[] = await tx.query(
    `select l.case_id as "caseId", l.policy_version_id as "policyVersionId", l.calendar_revision as revision,
       json_build_object('seq', l.seq::text, 'lacks', l.lacks, 'waitingFor', l.waiting_for, 'isOver', l.is_over, 'promises', l.promises, 'handoffs', l.handoffs) as known,
       json_build_object('clocks', (${CLOCKS}), 'rounds', l.rounds, 'lacking', l.lacks <> '{}', 'waitingFor', l.waiting_for, 'isOver', l.is_over, 'handoffs', l.handoffs) as ledger,
       ${NOW_JSON} as now, coalesce((${eventsOf('e.seq > l.seq')}), '[]') as events
     from case_ledger l join cases c on c.id = l.case_id join customer cu on cu.id = c.customer_id where l.case_id = any($1) order by l.case_id`,
    [held.map(({ id }) => id)],
  );
  return books.map((book) => ({
    ...book,
    ledger: { ...book.ledger, clocks: withTeams(book.ledger.clocks) },
    teams: teamsOf(book.ledger.clocks),
  }));
}

/** @returns of which of these cases the customer wrote last and waits for an answer */
export async function awaiting(tx: EntityManager, caseIds: string[]): Promise<Set<string>> {
  const rows: { id: string }[] = await tx.query(
    `select c.id from unnest($1::uuid[]) c (id) join lateral (
       select i.direction, i.author_kind from interaction i left join delivery d on d.interaction_id = i.id
       where i.case_id = c.id and not i.automatic and d.state is distinct from 'undone' order by i.occurred_at desc, i.id desc limit 1) last on true
     where last.direction = 'inbound' and last.author_kind = 'customer'`,
    [caseIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A ledger as it is now, to be written. */
export interface Written extends Omit<Book, 'events'> {
  /** Those that are new or another than they were. */
  changed: Clock[];
  lines: LedgerLine[];
}

/** @returns the book as it is to be written, with this in place of what was read */
export const writtenOf = (
  { events: _, ...book }: Book,
  now: Partial<Pick<Book, 'known' | 'policyVersionId' | 'revision'>> & { ledger: Ledger; lines: LedgerLine[] },
): Written => ({
  ...book,
  ...now,
  changed: now.ledger.clocks.filter((clock) => !book.ledger.clocks.includes(clock)),
});

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** The nearest of the customer's clocks that run. */
function nextOf({ clocks }: Ledger): { metric: ClockMetric; dueAt: number; isLate: boolean } | null {
  const running = clocks.flatMap((clock) =>
    isLive(clock) && clock.side === 'customer' && clock.dueAt !== null && clock.pausedFor === null
      ? [{ metric: clock.metric, dueAt: clock.dueAt, isLate: clock.breachedAt !== null }]
      : [],
  );
  return running.toSorted((a, b) => a.dueAt - b.dueAt)[0] ?? null;
}

/** What an answer of ours would stop. */
const AWAITED: readonly ClockMetric[] = ['first_useful_action', 'next_response'];
const isAwaited = ({ clocks }: Ledger): boolean =>
  clocks.some((clock) => AWAITED.includes(clock.metric) && isLive(clock) && clock.pausedFor === null);

const IMPACTS = ['calls', 'data', 'apps'];
const TIERS = ['gold', 'silver', 'standard'];

const isLate = ({ clocks }: Ledger, metric: ClockMetric): boolean =>
  clocks.some((clock) => clock.metric === metric && isLive(clock) && clock.breachedAt !== null);

/** What the customer cannot do that is worst: calls, data, apps, something else, nothing. */
function impactRank(lacks: string[]): number {
  const worst = IMPACTS.findIndex((kind) => lacks.includes(kind));
  return worst >= 0 ? worst : lacks.length > 0 ? 3 : 4;
}

function rowOf({ caseId, policyVersionId, revision, known, ledger, now }: Written) {
  const next = nextOf(ledger);
  return {
    case_id: caseId,
    seq: known.seq,
    policy_version_id: policyVersionId,
    calendar_revision: revision,
    first_revision: revision,
    lacks: known.lacks,
    waiting_for: ledger.waitingFor,
    is_over: ledger.isOver,
    promises: known.promises,
    handoffs: ledger.handoffs,
    rounds: ledger.rounds,
    next_metric: next?.metric ?? null,
    next_due_at: iso(next?.dueAt ?? null),
    next_is_late: next?.isLate ?? false,
    update_late: isLate(ledger, 'next_update'),
    quiet: isLate(ledger, 'silence'),
    is_answered: !isAwaited(ledger),
    assignee_id: now.assigneeId,
    queue_id: now.queueId,
    without_service: now.withoutService,
    has_loaner: now.hasLoaner,
    impact_rank: impactRank(known.lacks),
    tier_rank: TIERS.indexOf(now.tier),
    language: now.language,
  };
}

const LEDGER_COLUMNS = [
  ...[
    'seq',
    'policy_version_id',
    'calendar_revision',
    'lacks',
    'waiting_for',
    'is_over',
    'promises',
    'rounds',
    'handoffs',
  ],
  ...['next_metric', 'next_due_at', 'next_is_late', 'update_late', 'quiet', 'is_answered'],
  ...['assignee_id', 'queue_id', 'without_service', 'has_loaner', 'impact_rank', 'tier_rank', 'language'],
];

const clockRow = (caseId: string, clock: Clock) => ({
  case_id: caseId,
  metric: clock.metric,
  side: clock.side,
  round: clock.round,
  started_at: iso(clock.startedAt),
  started_kind: clock.startedBy.kind,
  started_id: clock.startedBy.id,
  started_name: clock.startedBy.name,
  minutes: clock.minutes,
  counted: clock.counted,
  runs_since: iso(clock.runsSince),
  paused_for: clock.pausedFor,
  due_at: iso(clock.dueAt),
  breached_at: iso(clock.breachedAt),
  is_told: clock.isTold,
  met_at: iso(clock.metAt),
  ended_at: iso(clock.endedAt),
  handoff_id: clock.handoff?.id ?? null,
  partner_name: clock.handoff?.partner ?? null,
  calendar: clock.calendar ?? null,
  ladder_version_id: clock.climb?.versionId ?? null,
  rungs_raised: clock.climb?.raised ?? 0,
  next_rung: clock.climb?.next ?? null,
  rung_at: iso(clock.climb?.at ?? null),
});

const lineRow = (caseId: string, line: LedgerLine) => ({
  case_id: caseId,
  metric: line.metric,
  side: line.side,
  round: line.round,
  type: line.type,
  at: iso(line.at),
  actor_kind: line.actor.kind,
  actor_id: line.actor.id,
  actor_name: line.actor.name,
  reason: line.reason,
  minutes: line.minutes,
});

const LINE_COLUMNS = 'case_id, metric, side, round, type, at, actor_kind, actor_id, actor_name, reason, minutes';

/**
 * Writes ledgers, their clocks and lines. The rows of an ended clock come before those of its next round.
 * @param isRead what happened was read on; otherwise what was stuck stays so
 */
export async function closeBooks(tx: EntityManager, written: Written[], isRead = true): Promise<void> {
  if (written.length === 0) return;
  const books = written.map((each) => ({ caseId: each.caseId, ...apart(each.teams, each.ledger.clocks, each) }));
  const clocks = books.flatMap(({ caseId, changed }) => changed.map((clock) => clockRow(caseId, clock)));
  const over = clocks.filter((clock) => clock.met_at !== null || clock.ended_at !== null);
  await tx.query(
    `update case_ledger l set ${LEDGER_COLUMNS.map((column) => `${column} = w.${column}`).join(', ')},
       first_revision = coalesce(l.first_revision, w.first_revision), stuck = case when $2 then null else l.stuck end
     from jsonb_populate_recordset(null::case_ledger, $1::jsonb) w where l.case_id = w.case_id`,
    [JSON.stringify(written.map(rowOf)), isRead],
  );
  for (const rows of [over, clocks.filter((clock) => !over.includes(clock))])
    if (rows.length > 0)
      await tx.query(
        `insert into clock as k select * from jsonb_populate_recordset(null::clock, $1::jsonb)
         on conflict (case_id, metric, side, round) do update set minutes = excluded.minutes, counted = excluded.counted, runs_since = excluded.runs_since,
           paused_for = excluded.paused_for, due_at = excluded.due_at, breached_at = excluded.breached_at, is_told = excluded.is_told, met_at = excluded.met_at, ended_at = excluded.ended_at,
           ladder_version_id = excluded.ladder_version_id, next_rung = excluded.next_rung, rung_at = excluded.rung_at`,
        [JSON.stringify(rows)],
      );
  // That a clock was started its row says.
  const lines = books.flatMap(({ caseId, lines: own }) =>
    own.filter(({ type }) => type !== 'started').map((line) => lineRow(caseId, line)),
  );
  if (lines.length === 0) return;
  await tx.query(
    `insert into clock_line (${LINE_COLUMNS}) select ${LINE_COLUMNS} from jsonb_populate_recordset(null::clock_line, $1::jsonb)`,
    [JSON.stringify(lines)],
  );
}
