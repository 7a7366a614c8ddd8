import type { EntityManager } from 'typeorm';
import { maskTold, type EventType, type KnownName } from '#contracts';

/** What names the customer of a case, and is masked wherever its story is told. */
export async function toldNames(tx: EntityManager, caseId: string): Promise<KnownName[]> {
  const rows: { names: KnownName[] }[] = await tx.query(
    'select told_names(customer_id) as names from cases where id = $1',
    [caseId],
  );
  return rows[0]?.names ?? [];
}

/** Events that repeat what a person wrote into the story; everybody who sees the case reads them. */
const TELLING: ReadonlySet<EventType> = new Set<EventType>([
  'fact.added',
  'fact.corrected',
  'fact.withdrawn',
  'promise.made',
  'promise.moved',
  'promise.decided',
  'problem.added',
  'problem.corrected',
  'problem.moved',
  'case.split_out',
  'case.split_in',
]);

/** Events as they may stand on the timeline. */
export async function maskedEvents<T extends { type: EventType; data: object }>(
  tx: EntityManager,
  caseId: string,
  events: T[],
): Promise<T[]> {
  if (!events.some(({ type }) => TELLING.has(type))) return events;
  const known = await toldNames(tx, caseId);
  return events.map((event) => (TELLING.has(event.type) ? { ...event, data: maskedValues(event.data, known) } : event));
}

/** Their texts only: ids and moments have the form of neither. */
const maskedValues = (data: object, known: KnownName[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && TEXTS.has(name) ? maskTold(value, known) : value,
    ]),
  );
const TEXTS: ReadonlySet<string> = new Set(['text', 'statement', 'from', 'to', 'problem', 'reason']);
