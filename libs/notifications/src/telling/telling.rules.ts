import {
  benefitText,
  type BenefitKind,
  type BenefitValues,
  type CaseEvent,
  type EventData,
  type EventType,
  type NotificationKind,
  type NotificationValues,
} from '#contracts';

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
  /** Of a case that was handed to a store: who works there now; when nobody does, all of that store. */
  storeIds: string[];
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

function escalated(data: Omit<EventData<'escalation.reopened'>, 'round'>): Told[] {
  const { accountableId, toldIds, escalationId, metric, rung, reason, acknowledgeBy, partnerName: partner } = data;
  const values = { escalationId, metric, rung, reason, acknowledgeBy, ...(partner && { partner }) };
  const others = toldIds.filter((id) => id !== accountableId);
  return [[accountableId, 'escalated', values], ...others.map((id): Told => [id, 'escalation_told', values])];
}

function breached(happening: Happening): Told[] {
  const { metric, side, dueAt } = dataOf('clock.breached', happening);
  // The team's clock of the same metric goes by the same wait: once is enough.
  return side === 'customer' ? [[happening.assigneeId, 'breached', { metric, dueAt }]] : [];
}

const giftOf = (kind: BenefitKind, values: BenefitValues) => ({
  es: benefitText(kind, values, 'es'),
  en: benefitText(kind, values, 'en'),
});

/** Whoever asked for it hears what became of it. */
const decided = (
  { actorName }: Happening,
  { kind, values, askedById }: { kind: BenefitKind; values: BenefitValues; askedById: string | null },
  refused: boolean,
): Told[] => [[askedById, 'benefit_decided', { by: actorName, gift: giftOf(kind, values), refused }]];

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
  'escalation.raised': (happening) => escalated(dataOf('escalation.raised', happening)),
  'escalation.reopened': (happening) => escalated(dataOf('escalation.reopened', happening)),
  'case.handed_over': (happening) => {
    const { toKind, toId, toName, handoverId } = dataOf('case.handed_over', happening);
    const values = { by: happening.actorName, handoverId };
    if (toKind === 'agent') return [[toId, 'handed_over', values]];
    return happening.storeIds.map((id): Told => [id, 'handed_over', { ...values, store: toName }]);
  },
  'case.assigned': (happening) =>
    // What the ladder gives to somebody is escalated to them, and says so.
    happening.origin === 'ladder'
      ? []
      : [[dataOf('case.assigned', happening).assigneeId, 'assigned', { by: happening.actorName }]],
  'benefit.proposed': (happening) => {
    const { kind, values, approverIds } = dataOf('benefit.proposed', happening);
    return approverIds.map((id): Told => [
      id,
      'benefit_asked',
      { by: happening.actorName, gift: giftOf(kind, values) },
    ]);
  },
  'benefit.approved': (happening) => decided(happening, dataOf('benefit.approved', happening), false),
  'benefit.refused': (happening) => decided(happening, dataOf('benefit.refused', happening), true),
  'loan.overdue': (happening) => {
    const { rung, name, dueAt, supervisorIds } = dataOf('loan.overdue', happening);
    // The first step is a word to the customer; whoever has the case calls, then supervisors know as well.
    const ids = rung === 'reminder' ? [] : [happening.assigneeId, ...supervisorIds];
    return [...new Set(ids)].map((id): Told => [id, 'loan_overdue', { loaner: name, dueAt }]);
  },
  'leg.lost': (happening) => {
    const { name: device, claimId, supervisorIds = [], stores = [] } = dataOf('leg.lost', happening);
    const answer = [happening.assigneeId, ...supervisorIds].map((id): Told => [id, 'device_lost', { device, claimId }]);
    const there = stores.flatMap(({ name: store, peopleIds }) =>
      peopleIds.map((id): Told => [id, 'device_lost', { device, claimId, store }]),
    );
    // Who answers for it is told so, whichever store they work at.
    return [...there, ...answer];
  },
  'warranty.review_asked': (happening) => {
    const { reviewerIds, decisionId } = dataOf('warranty.review_asked', happening);
    return reviewerIds.map((id): Told => [id, 'opinion_asked', { by: happening.actorName, decisionId }]);
  },
  'warranty.reviewed': (happening) => {
    const { askedById, verdict } = dataOf('warranty.reviewed', happening);
    return [[askedById, 'opinion_given', { by: happening.actorName, verdict }]];
  },
  'customer.untold': (happening) => {
    const { newsId, callerIds } = dataOf('customer.untold', happening);
    // Whoever has the case by now; where nobody has, those who could have it.
    const ids = happening.assigneeId ? [happening.assigneeId] : callerIds;
    return ids.map((id): Told => [id, 'untold', { newsId }]);
  },
  'case.routed': (happening) => [[dataOf('case.routed', happening).assigneeId, 'routed', {}]],
  'note.added': ({ mentionedIds, actorName }) => mentionedIds.map((id): Told => [id, 'mentioned', { by: actorName }]),
};

/** It is taken care of: what people were told of it needs no reading. */
const SETTLES: Readonly<Record<string, string>> = {
  'escalation.acknowledged': 'escalationId',
  'escalation.ended': 'escalationId',
  'handover.acknowledged': 'handoverId',
  'warranty.reviewed': 'decisionId',
  'claim.settled': 'claimId',
  'customer.told': 'newsId',
  'customer.untold_ended': 'newsId',
} satisfies Partial<Record<EventType, string>>;

/** What is settled by these events: escalations, hand-overs, second opinions, what a customer had to be told. */
export const settledBy = (events: readonly Pick<Happening, 'type' | 'data' | 'caseId'>[]) =>
  events.flatMap(({ type, data, caseId }) => {
    const key = SETTLES[type];
    // A claim that is still open settles nothing.
    return key && data['state'] !== 'open' ? [{ caseId, settledId: String(data[key]) }] : [];
  });

/** Whether anybody may have to be told of this event, or need not be any more. A case that has just come is nobody's yet. */
export const concernsSomebody = ({ type, data }: Pick<CaseEvent, 'type' | 'data'>): boolean =>
  type in SETTLES || (type in CONCERNS && !(type === 'interaction.received' && data['matchedBy'] === 'new_customer'));

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
