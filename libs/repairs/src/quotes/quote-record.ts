import type { EntityManager } from 'typeorm';
import type { Priced, QuoteBody, QuoteLine, QuoteState, Shares } from '#contracts';
import type { NewEvent } from '#cases';
import { visible } from '#cases';
import { visibleStore, type Principal } from '#identity';
import { DomainError } from '#platform';

/** A quote as decisions look at it. */
export interface QuoteRecord {
  id: string;
  repairId: string;
  version: number;
  state: QuoteState;
  currency: string;
  listCents: number;
  totalCents: number;
  shares: Shares;
  cover: { months: number; what: string } | null;
  validUntil: Date | null;
  hash: string | null;
  offeredAt: Date | null;
  nudges: number;
  lines: QuoteLine[];
}

const SHARES = (row: string) =>
  `json_build_object('manufacturer', ${row}.manufacturer_cents, 'carrier', ${row}.carrier_cents, 'goodwill', ${row}.goodwill_cents, 'customer', ${row}.customer_cents)`;

const RECORD = `select q.id, q.repair_order_id as "repairId", q.version, q.state, q.currency, q.list_cents::float8 as "listCents", q.total_cents::float8 as "totalCents",
    ${SHARES('q')} as shares, case when q.cover_months is not null then json_build_object('months', q.cover_months, 'what', q.cover_what) end as cover,
    q.valid_until as "validUntil", q.hash, q.offered_at as "offeredAt", q.nudges,
    (select coalesce(json_agg(json_build_object('description', l.description, 'kind', l.kind, 'quantity', l.quantity, 'listCents', l.list_cents,
       'agreedCents', l.agreed_cents, 'agreement', l.agreement, 'totalCents', l.quantity * l.agreed_cents, 'shares', ${SHARES('l')}) order by l.place), '[]')
     from quote_line l where l.quote_id = q.id) as lines
  from quote q where q.id = $1 for update of q`;

/** The quote, locked; whoever calls holds its order. @throws DomainError quote.not_found */
export async function heldQuote(tx: EntityManager, quoteId: string): Promise<QuoteRecord> {
  const rows: QuoteRecord[] = await tx.query(RECORD, [quoteId]);
  if (!rows[0]) throw new DomainError('quote.not_found');
  return rows[0];
}

/** The order of a quote. @throws DomainError quote.not_found, also when its case is not theirs to see */
export async function orderOfQuote(tx: EntityManager, principal: Principal, quoteId: string): Promise<string> {
  const rows: { id: string }[] = await tx.query(
    `select r.id from quote q join repair_order r on r.id = q.repair_order_id join cases c on c.id = r.case_id where q.id = $1 and ${visible('$2')}`,
    [quoteId, visibleStore(principal)],
  );
  if (!rows[0]) throw new DomainError('quote.not_found');
  return rows[0].id;
}

/** What a draft says, in place of what it said. */
export async function writeQuote(
  tx: EntityManager,
  quoteId: string,
  body: QuoteBody,
  { lines, listCents, totalCents, shares }: Priced,
): Promise<void> {
  await tx.query('delete from quote_line where quote_id = $1', [quoteId]);
  await tx.query(
    `update quote set currency = $2, list_cents = $3, total_cents = $4, manufacturer_cents = $5, carrier_cents = $6, goodwill_cents = $7, customer_cents = $8,
       cover_months = $9, cover_what = $10, valid_until = $11 where id = $1`,
    [
      ...[quoteId, body.currency, listCents, totalCents, ...amounts(shares)],
      ...[body.cover?.months ?? null, body.cover?.what ?? null, body.validUntil ?? null],
    ],
  );
  for (const [place, line] of lines.entries())
    await tx.query(
      `insert into quote_line (quote_id, place, description, kind, quantity, list_cents, agreed_cents, agreement, manufacturer_cents, carrier_cents, goodwill_cents, customer_cents)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[quoteId, place, line.description, line.kind, line.quantity, line.listCents, line.agreedCents],
        ...[line.agreement, ...amounts(line.shares)],
      ],
    );
}

const amounts = ({ manufacturer, carrier, goodwill, customer }: Shares): number[] => [
  ...[manufacturer, carrier, goodwill, customer],
];

/** The repair comes to another end: nobody has to decide any more. */
export async function withdrawOpenQuotes(tx: EntityManager, repairId: string): Promise<NewEvent[]> {
  const [rows]: [{ id: string; version: number }[], number] = await tx.query(
    `update quote set state = 'withdrawn', next_nudge_at = null where repair_order_id = $1 and state in ('draft', 'offered') returning id, version`,
    [repairId],
  );
  return rows.map(({ id, version }) => ({ type: 'quote.withdrawn', data: { quoteId: id, repairId, version } }));
}
