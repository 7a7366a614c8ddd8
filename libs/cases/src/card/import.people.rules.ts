import { importReason, type ImportReason, type ImportRecord } from '#contracts';
import { identifierOf, type Identifier } from '../identity/identifier.rules.js';

/** A contract line as decisions look at it. */
export interface StatedLine {
  line: Identifier;
  phone: Identifier;
  from: string | null;
  to: string | null;
}

/** Everything of a record that identifies its customer, by the rules of its kind. */
export interface StatedPerson {
  number: Identifier;
  document: Identifier | null;
  emails: Identifier[];
  phones: Identifier[];
  imeis: Identifier[];
  lines: StatedLine[];
}

/** What identifies the customer of a record, or why it does not: one bad address refuses the whole row. */
export function peopleOf(record: ImportRecord): { stated: StatedPerson } | { reasons: ImportReason[] } {
  const reasons: ImportReason[] = [];
  const read = (kind: Identifier['kind'], typed: string, column: string): Identifier[] => {
    const found = identifierOf(kind, typed);
    if (!found) reasons.push(importReason('invalid', column, typed.slice(0, 60)));
    return found ? [found] : [];
  };
  const each = (kind: Identifier['kind'], all: readonly string[] | undefined, column: string) =>
    (all ?? []).flatMap((typed) => read(kind, typed, column));
  const [number] = read('customer_number', record.customerNumber, 'customer_number');
  const stated = {
    document: record.document ? (read('document', record.document, 'document')[0] ?? null) : null,
    emails: each('email', record.emails, 'emails'),
    phones: each('phone', record.phones, 'phones'),
    imeis: each(
      'imei',
      record.devices?.map(({ imei }) => imei),
      'devices',
    ),
    lines: (record.lines ?? []).flatMap(({ number: typed, from, to }) => {
      const [line] = read('line', typed, 'lines');
      if (from && to && to < from) reasons.push(importReason('invalid', 'lines', `${typed}:${from}:${to}`));
      return line ? [{ line, phone: { ...line, kind: 'phone' as const }, from, to }] : [];
    }),
  };
  return reasons.length > 0 || !number ? { reasons } : { stated: { number, ...stated } };
}

export const isOver = ({ to }: StatedLine, today: string): boolean => to !== null && to <= today;

/** All that must not change hands while it is decided about. */
export const identifiersOf = ({ number, document, emails, phones, imeis, lines }: StatedPerson): Identifier[] => [
  number,
  ...(document ? [document] : []),
  ...emails,
  ...phones,
  ...imeis,
  ...lines.flatMap(({ line, phone }) => [line, phone]),
];

const words = (name: string): string[] =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3);

/** Whether two names have a word in common. */
export const soundAlike = (one: string, other: string): boolean => {
  const known = new Set(words(one));
  return words(other).some((word) => known.has(word));
};
