import { importReason, ImportRecord, type ImportReason } from '#contracts';
import { centsOf } from './value.rules.js';

/** What a line of a file or an entry of a list says: a record, or why it is none. */
export type ReadRow = { number: string | null } & ({ record: ImportRecord } | { reasons: ImportReason[] });

type Field = keyof ImportRecord;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const INVALID = Symbol('invalid');
/** Of a list: that there is none, which is more than not knowing. */
const NONE = '-';

const parts = (cell: string, mark: string): string[] =>
  cell
    .split(mark)
    .map((part) => part.trim())
    .filter(Boolean);
const orNull = (value: string | undefined): string | null => value || null;
const whole = (cell: string): unknown => (/^\d{1,10}$/u.test(cell) ? Number(cell) : INVALID);
const cents = (cell: string): unknown => centsOf(cell) ?? INVALID;

/** `612407718:2021-03-12:2024-01-31` */
const line = (entry: string) => {
  const [number, from, to] = entry.split(':');
  return { number: number ?? '', from: orNull(from), to: orNull(to) };
};
/** `356938035643809:Auriga One 256 GB:2026-09-15`; a model may hold colons. */
const device = (entry: string) => {
  const [imei = '', ...rest] = entry.split(':');
  const since = /^\d{4}-\d{2}-\d{2}$/u.test(rest.at(-1) ?? '') ? (rest.pop() ?? null) : null;
  return { imei, model: orNull(rest.join(':').replace(/:$/u, '')), since };
};
/** `Permanencia:2027-03-12:84,00` */
const commitment = (entry: string) => {
  const [name, until, cost] = entry.split(':');
  return { name: name ?? '', until: until ?? '', costCents: cost ? (centsOf(cost) ?? cost) : null };
};
/** `mon-fri 09:00-14:00`, `sat 10:00-13:00`, `mon,wed 16:00-20:00` */
function hours(cell: string): unknown {
  const match = /^([a-z,-]+)\s+(\d{2}:\d{2})-(\d{2}:\d{2})$/u.exec(cell.toLowerCase());
  if (!match?.[1]) return INVALID;
  const days = match[1].split(',').flatMap((span) => {
    const [first = '', last = first] = span.split('-');
    return DAYS.includes(first) && DAYS.indexOf(last) >= DAYS.indexOf(first)
      ? DAYS.slice(DAYS.indexOf(first), DAYS.indexOf(last) + 1)
      : [first];
  });
  return { days, from: match[2], to: match[3] };
}

const asIs = (cell: string): unknown => cell;
/** The columns of a file: what they fill, and how a cell is read. */
export const COLUMNS: Record<string, { field: Field; read: (cell: string) => unknown; list?: 'whole' | 'added' }> = {
  customer_number: { field: 'customerNumber', read: asIs },
  name: { field: 'name', read: asIs },
  language: { field: 'language', read: (cell) => cell.toLowerCase() },
  tier: { field: 'tier', read: (cell) => cell.toLowerCase() },
  since: { field: 'since', read: asIs },
  city: { field: 'city', read: asIs },
  postcode: { field: 'postcode', read: asIs },
  plan: { field: 'plan', read: asIs },
  lines: { field: 'lines', read: (cell) => parts(cell, '|').map(line), list: 'whole' },
  emails: { field: 'emails', read: (cell) => parts(cell, '|'), list: 'added' },
  phones: { field: 'phones', read: (cell) => parts(cell, '|'), list: 'added' },
  document: { field: 'document', read: asIs },
  devices: { field: 'devices', read: (cell) => parts(cell, '|').map(device), list: 'whole' },
  commitments: { field: 'commitments', read: (cell) => parts(cell, '|').map(commitment), list: 'whole' },
  points: { field: 'points', read: whole },
  benefits: { field: 'benefitsCents', read: cents },
  value_short: { field: 'valueShortCents', read: cents },
  value_mid: { field: 'valueMidCents', read: cents },
  value_long: { field: 'valueLongCents', read: cents },
  currency: { field: 'currency', read: (cell) => cell.toUpperCase() },
  channel: { field: 'channel', read: (cell) => (cell.toLowerCase() === 'x' ? 'twitter' : cell.toLowerCase()) },
  hours: { field: 'hours', read: hours },
  formality: { field: 'formality', read: (cell) => cell.toLowerCase().replace('tú', 'tu') },
  as_of: { field: 'asOf', read: asIs },
};
const ALWAYS_SAID: readonly Field[] = ['customerNumber', 'name', 'language', 'currency', 'asOf'];
const columnOf = (field: unknown): string =>
  Object.entries(COLUMNS).find(([, column]) => column.field === field)?.[0] ?? String(field);

/** Names of the first line as columns; null: it is not the first line of such a file. */
export function headerOf(cells: readonly string[]): string[] | null {
  const names = cells.map((cell) => cell.trim().toLowerCase().replace(/\s+/gu, '_'));
  const known = names.every((name) => name in COLUMNS) && new Set(names).size === names.length;
  return known && names.includes('customer_number') ? names : null;
}

/** One line. An empty cell says "unknown", `-` in a list "none", a column that is not there says nothing. */
export function readCells(header: readonly string[], cells: readonly string[]): ReadRow {
  const number = cells[header.indexOf('customer_number')]?.trim() || null;
  if (cells.length !== header.length) return { number, reasons: [importReason('columns', null, String(cells.length))] };
  const said: Record<string, unknown> = {};
  const reasons: ImportReason[] = [];
  for (const [at, name] of header.entries()) {
    const column = COLUMNS[name];
    const cell = cells[at]?.trim() ?? '';
    if (!column) continue;
    if (cell === '') {
      if (!ALWAYS_SAID.includes(column.field)) said[column.field] = column.list === 'added' ? [] : null;
      continue;
    }
    const value = column.list && cell === NONE ? [] : column.read(cell);
    if (value === INVALID) reasons.push(importReason('invalid', name, cell.slice(0, 60)));
    else said[column.field] = value;
  }
  if (reasons.length > 0) return { number, reasons };
  return readEntry(said);
}

const shown = (value: unknown): string => {
  const written = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return written.slice(0, 60);
};

/** One entry of a list, or a line whose cells are read. */
export function readEntry(entry: unknown): ReadRow {
  const said = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {};
  const stated = said['customerNumber'];
  const number = typeof stated === 'string' ? stated.trim() || null : null;
  const read = ImportRecord.safeParse(entry);
  if (read.success) return { number, record: read.data };
  const reasons = read.error.issues.slice(0, 10).map((issue) => {
    if (issue.code === 'unrecognized_keys') return importReason('unknown_column', issue.keys.join(', ').slice(0, 60));
    const [field] = issue.path;
    const value = field === undefined ? undefined : said[String(field)];
    const column = columnOf(field ?? 'customerNumber');
    return value === undefined ? importReason('missing', column) : importReason('invalid', column, shown(value));
  });
  return { number, reasons };
}
