import { newId } from '#platform';
import type { Channel } from '#contracts';
import type { Life } from './lives.js';
import type { Rows } from './rows.js';

const YEAR_MS = 365 * 86_400_000;

/** A customer with all that reaches them; `points` is filled with the id of each. */
export function meet(
  rows: Rows,
  { id, points, customer }: { id: string; points: Map<Channel, string>; customer: Life['customer'] },
  now: Date,
): void {
  const since = new Date(now.getTime() - YEAR_MS).toISOString();
  rows.add('customer', {
    ...{ id, display_name: customer.name, language: 'es', language_known: true },
    ...{ tier: customer.tier, provisional: false, created_at: since },
  });
  const phone = `+34${customer.phone ?? ''}`;
  for (const [kind, value, handle, display] of [
    ['twitter', customer.twitterId, customer.handle, `@${customer.handle ?? ''}`],
    ['email', customer.email, null, customer.email],
    ['phone', phone, null, phone],
  ] as const) {
    const point = newId();
    points.set(kind, point);
    rows.add('contact_point', {
      ...{ id: point, customer_id: id, kind, value, handle, display },
      ...{ source: 'import', shared: false, created_at: since },
    });
  }
}
