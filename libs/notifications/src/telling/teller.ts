import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Role, USUAL_PREFERENCES, may } from '#contracts';
import { PeopleService } from '#identity';
import { CLOCK, newId, type Clock } from '#platform';
import { NotificationWishes } from '../notification-wishes.js';
import { mentionedIn } from './mentions.rules.js';
import { mailAt } from './quiet-end.rules.js';
import { settledBy, tellingsOf, type Happening, type Telling } from './telling.rules.js';

/** Who sees every case; of the others each case is asked. */
const SEES_ALL = Role.options.filter((role) => may(role, 'case.read_all'));

type Fact = Omit<Happening, 'mentionedIds'> & { note: string | null };

/** Of an event `e` that handed a case to a store: who works there at $2; when nobody does, all of them. */
const OF_STORE = `case when e.type = 'case.handed_over' and e.data ->> 'toKind' = 'store' then (
  select coalesce(nullif(coalesce(array_agg(a.id::text order by a.id) filter (where a.on_shift and not is_away(a.away_since, a.away_until, $2)), '{}'), '{}'),
    array_agg(a.id::text order by a.id)) from agent a where a.store_id = (e.data ->> 'toId')::uuid and a.active) end`;

/** The case as it is called now stands in the same statement: a merge may have come between. */
const LIVING = 'case when c.merged_into is null then c.id else living_case(c.id) end';

/** Writes down what people are told. Again changes nothing. */
@Injectable()
export class Teller {
  constructor(
    private readonly wishes: NotificationWishes,
    private readonly people: PeopleService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Tells whom these events concern.
   * @returns who was told something new
   */
  async tellOf(tx: EntityManager, eventIds: string[]): Promise<string[]> {
    const facts: Fact[] = await tx.query(
      `select e.id as "eventId", e.type, e.data, e.source as origin, e.at, e.actor_id as "actorId", e.actor_name as "actorName", k.id as "caseId", k.assignee_id as "assigneeId",
         coalesce(i.direction = 'inbound', false) as "isInbound", n.text as note,
         coalesce(${OF_STORE}, '{}') as "storeIds"
       from case_event e join cases c on c.id = e.case_id join cases k on k.id = ${LIVING}
         left join interaction i on e.type = 'interaction.received' and i.id = (e.data ->> 'interactionId')::uuid
         left join note n on e.type = 'note.added' and n.id = (e.data ->> 'noteId')::uuid
       where e.id = any($1) order by e.seq`,
      [eventIds, this.clock.now()],
    );
    const people = facts.some(({ note }) => note?.includes('@')) ? await this.people.people(tx) : [];
    const told = await this.tell(
      tx,
      facts.flatMap(({ note, ...fact }) =>
        tellingsOf({ ...fact, mentionedIds: note ? mentionedIn(note, people) : [] }),
      ),
    );
    return [...new Set([...told, ...(await this.settle(tx, settledBy(facts)))])];
  }

  /**
   * What was escalated, handed over or asked for is taken care of: nobody need read of it any more.
   * @returns whose list that changed
   */
  private async settle(tx: EntityManager, settled: ReturnType<typeof settledBy>): Promise<string[]> {
    if (settled.length === 0) return [];
    const [read]: [{ agentId: string }[], number] = await tx.query(
      `update notification set read_at = $3 where case_id = any($1) and kind in ('escalated', 'escalation_told', 'handed_over', 'opinion_asked', 'untold', 'device_lost') and read_at is null
         and coalesce(values ->> 'escalationId', values ->> 'handoverId', values ->> 'decisionId', values ->> 'newsId', values ->> 'claimId') = any($2) returning agent_id as "agentId"`,
      [settled.map(({ caseId }) => caseId), settled.map(({ settledId }) => settledId), this.clock.now()],
    );
    return read.map(({ agentId }) => agentId);
  }

  /**
   * Tells people, each of what they may see, once.
   * @returns who was told something new
   */
  async tell(tx: EntityManager, tellings: Telling[]): Promise<string[]> {
    if (tellings.length === 0) return [];
    const wishes = await this.wishes.ofAll(tx, [...new Set(tellings.map(({ agentId }) => agentId))]);
    const now = this.clock.now();
    const rows = tellings.map((telling) => ({
      ...telling,
      id: newId(),
      mailAt: mailAt(telling, wishes.get(telling.agentId) ?? USUAL_PREFERENCES, now),
    }));
    const told: { agentId: string }[] = await tx.query(
      `insert into notification (id, agent_id, case_id, kind, source, values, at, mail_at)
       select t.id, a.id, ${LIVING}, t.kind, t.source, t.values, t.at, t."mailAt"
       from jsonb_to_recordset($1::jsonb) as t(id uuid, "agentId" uuid, "caseId" uuid, kind text, source text, values jsonb, at timestamptz, "mailAt" timestamptz)
         join agent a on a.id = t."agentId" and a.active left join cases c on c.id = t."caseId"
       where t."caseId" is null or a.role = any($2) or exists (select from case_sight s where s.case_id = t."caseId" and s.viewer in (a.store_id, a.id))
       on conflict (agent_id, kind, source) do nothing returning agent_id as "agentId"`,
      [JSON.stringify(rows), SEES_ALL],
    );
    return [...new Set(told.map(({ agentId }) => agentId))];
  }
}
