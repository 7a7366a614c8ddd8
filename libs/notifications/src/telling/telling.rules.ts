import type { CaseEvent, EventData, EventType, NotificationKind, NotificationValues } from '#contracts';

/** Something that happened to a case, with what has to be known to say whom it concerns. */
export interface Happening {
  eventId: string;
  type: string;
  data: Record<string, unknown>;
  /** Which part of the house recorded it. */
  origin: string;
  at: Date;
  /** Who did it; null: a customer, or the house itself. */
  actorId: string | null;
  actorName: string;
  /** The case as it is called now, wherever merges have taken it. */
  caseId: string;
  assigneeId: string | null;
  /** Of a message: whether it came in. */
  isInbound: boolean;
  /** Of a note: who is named in it. */
  mentionedIds: string[];
}

/** That somebody is told something. `source`: what for; of one kind they are told once of each. */
export interface Telling {
  agentId: string;
  caseId: string | null;
  kind: NotificationKind;
  source: string;
  values: NotificationValues;
  at: Date;
}

const dataOf = <T extends EventType>(_type: T, { data }: Happening): EventData<T> => data as EventData<T>;

type Told = [agentId: string | null, kind: NotificationKind, values: NotificationValues];

function escalated(happening: Happening): Told[] {
  const { accountableId, toldIds, escalationId, metric, rung, reason, acknowledgeBy } = dataOf(
    'escalation.raised',
    happening,
  );
  const values = { escalationId, metric, rung, reason, acknowledgeBy };
  const others = toldIds.filter((id) => id !== accountableId);
  return [[accountableId, 'escalated', values], ...others.map((id): Told => [id, 'escalation_told', values])];
}

function breached(happening: Happening): Told[] {
  const { metric, side, dueAt } = dataOf('clock.breached', happening);
  // The team's clock of the same metric goes by the same wait: once is enough.
  return side === 'customer' ? [[happening.assigneeId, 'breached', { metric, dueAt }]] : [];
}

/** Whom each kind of event concerns. An event that is not named here concerns nobody in particular. */
const CONCERNS: Partial<Record<EventType, (happening: Happening) => Told[]>> = {
  'interaction.received': (happening) =>
    happening.isInbound
      ? [[happening.assigneeId, 'customer_wrote', { channel: dataOf('interaction.received', happening).channel }]]
      : [],
  'interaction.failed': (happening) => [
    [happening.assigneeId, 'send_failed', { channel: dataOf('interaction.failed', happening).channel }],
  ],
  'clock.breached': breached,
  'escalation.raised': escalated,
  'case.handed_over': (happening) => {
    const { toKind, toId } = dataOf('case.handed_over', happening);
    return toKind === 'agent' ? [[toId, 'handed_over', { by: happening.actorName }]] : [];
  },
  'case.assigned': (happening) =>
    // What the ladder gives to somebody is escalated to them, and says so.
    happening.origin === 'ladder'
      ? []
      : [[dataOf('case.assigned', happening).assigneeId, 'assigned', { by: happening.actorName }]],
  'case.routed': (happening) => [[dataOf('case.routed', happening).assigneeId, 'routed', {}]],
  'note.added': ({ mentionedIds, actorName }) => mentionedIds.map((id): Told => [id, 'mentioned', { by: actorName }]),
};

/** It is nobody's any more: what people were told of it needs no reading. */
const SETTLES: readonly string[] = ['escalation.acknowledged', 'escalation.ended'] satisfies EventType[];

/** The escalations that are settled by these events. */
export const settledBy = (events: readonly Pick<Happening, 'type' | 'data' | 'caseId'>[]) =>
  events
    .filter(({ type }) => SETTLES.includes(type))
    .map(({ data, caseId }) => ({ caseId, escalationId: String(data['escalationId']) }));

/** Whether anybody may have to be told of this event, or need not be any more. A case that has just come is nobody's yet. */
export const concernsSomebody = ({ type, data }: Pick<CaseEvent, 'type' | 'data'>): boolean =>
  SETTLES.includes(type) ||
  (type in CONCERNS && !(type === 'interaction.received' && data['matchedBy'] === 'new_customer'));

/** Who is told what of it: nobody twice, and nobody of what they did themselves. */
export function tellingsOf(happening: Happening): Telling[] {
  const { eventId, type, actorId, caseId, at } = happening;
  const told = CONCERNS[type as EventType]?.(happening) ?? [];
  const tellings = told.flatMap(([agentId, kind, values]): Telling[] =>
    agentId === null || agentId === actorId ? [] : [{ agentId, caseId, kind, source: eventId, values, at }],
  );
  return [...new Map(tellings.map((telling) => [`${telling.agentId} ${telling.kind}`, telling])).values()];
}

/** Somebody's case is due soon. Of one due time they are told once, however often it comes near. */
export const dueSoon = (
  due: { caseId: string; assigneeId: string; metric: string; dueAt: Date },
  at: Date,
): Telling => ({
  agentId: due.assigneeId,
  caseId: due.caseId,
  kind: 'due_soon',
  source: `${due.caseId} ${due.metric} ${due.dueAt.toISOString()}`,
  values: { metric: due.metric, dueAt: due.dueAt.toISOString() },
  at,
});
