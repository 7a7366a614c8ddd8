import type { FastifyReply } from 'fastify';
import { csvLine, minorDigits, type Language, type LedgerName, type LedgerPage, type LedgerRow } from '#contracts';
import { sendCsv } from './csv-file.js';

const COLUMNS: Record<Language, string[]> = {
  es: [
    'Fecha',
    'Caso',
    'Cliente',
    'Nivel',
    'Qué',
    'Estado',
    'Importe',
    'Moneda',
    'Días',
    'Motivo',
    'Quién',
    'Aviso',
    'Id',
  ],
  en: [
    'Date',
    'Case',
    'Customer',
    'Tier',
    'What',
    'State',
    'Amount',
    'Currency',
    'Days',
    'Reason',
    'By',
    'Message',
    'Id',
  ],
};

/** With a dot before the digits its currency has, whatever the reader's language: as spreadsheets and programs read it. */
const decimal = (cents: number, currency: string): string =>
  (cents / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));

const lineOf = (row: LedgerRow): string =>
  csvLine([
    ...[row.at, row.case.reference, row.customerName, row.tier ?? '', row.kind, row.state],
    ...[decimal(row.amountCents, row.currency), row.currency, row.days === null ? '' : String(row.days)],
    ...[row.reason ?? '', row.by ?? '', row.sent ?? '', row.id],
  ]);

/** A ledger as a file, a page at a time. Nothing is held between two pages. */
export function sendLedger(
  reply: FastifyReply,
  language: Language,
  ledger: LedgerName,
  read: (cursor: string | undefined) => Promise<LedgerPage>,
): Promise<void> {
  return sendCsv(reply, `${ledger}.csv`, csvLine(COLUMNS[language]), async (hand) => {
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await read(cursor);
      if (items.length > 0) await hand(items.map(lineOf).join(''));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
  });
}
