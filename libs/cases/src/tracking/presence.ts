import type { EntityManager } from 'typeorm';

/**
 * A customer is at a store: until the end of the day there, by its clock, its staff see their cases.
 * @returns until when
 */
export async function showToStore(
  tx: EntityManager,
  now: Date,
  { storeId, customerId }: { storeId: string; customerId: string },
): Promise<Date | null> {
  const rows: { until: Date }[] = await tx.query(
    `with closing as (select (date_trunc('day', $3::timestamptz at time zone time_zone) + interval '1 day') at time zone time_zone as until from store where id = $1),
       granted as (
         insert into case_grant (viewer, case_id, until)
         select $1, c.id, closing.until from cases c, closing where c.customer_id = $2 and c.status <> 'spam'
         order by c.id
         on conflict (viewer, case_id) do update set until = greatest(case_grant.until, excluded.until))
     select until from closing`,
    [storeId, customerId, now],
  );
  return rows[0]?.until ?? null;
}
