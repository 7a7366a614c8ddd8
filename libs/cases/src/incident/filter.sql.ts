import type { IncidentFilter } from '#contracts';

const DAY_MS = 86_400_000;

/** Makes a parameter of a value. @returns its name in the statement */
type Bind = (value: unknown) => string;

/**
 * The condition on `cases c` and its customer `cu` that all of the filter is true.
 * @param now what "for a day" counts from, where the filter names no time
 */
export function likeThis({ q, channel, lacks, city, postcode, since }: IncidentFilter, now: Date, bind: Bind): string {
  const from = bind(since === undefined ? new Date(now.getTime() - DAY_MS) : new Date(since));
  const all = [`c.is_open`, `c.last_interaction_at >= ${from}`];
  if (channel) all.push(`${bind(channel)} = any(c.channels)`);
  if (lacks) all.push(`c.lacks @> array[${bind(lacks)}]`);
  if (city) all.push(`fold(cu.city) = fold(${bind(city)})`);
  if (postcode) all.push(`starts_with(cu.postcode, ${bind(postcode)})`);
  if (q)
    all.push(`exists (select from interaction i where i.case_id = c.id and i.direction = 'inbound' and i.occurred_at >= ${from}
      and i.search @@ websearch_to_tsquery('spanish', fold(${bind(q)})))`);
  return all.join(' and ');
}
