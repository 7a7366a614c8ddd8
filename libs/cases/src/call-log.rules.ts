import type { z } from 'zod';
import { CallColumn, LoggedCall } from '#contracts';

/** A line of a list of calls, read or refused; lines count from 1 as people count them. */
export type ReadCall = { call: LoggedCall } | { line: number; column: z.infer<typeof CallColumn>; message: string };

/** What switchboards call their columns, in the languages they come in. */
const COLUMNS: Record<keyof LoggedCall, string[]> = {
  id: ['id', 'callid', 'uniqueid', 'idllamada'],
  phone: ['phone', 'number', 'customer', 'telefono', 'numero', 'cliente'],
  direction: ['direction', 'direccion', 'sentido', 'tipo', 'type'],
  outcome: ['outcome', 'result', 'status', 'disposition', 'resultado', 'estado'],
  startedAt: ['startedat', 'start', 'date', 'time', 'calldate', 'fecha', 'inicio'],
  durationSeconds: ['durationseconds', 'duration', 'billsec', 'duracion', 'segundos'],
  extension: ['extension', 'ext', 'agent', 'agente', 'destino'],
};

const WORDS: Record<string, string> = {
  in: 'inbound',
  entrante: 'inbound',
  out: 'outbound',
  saliente: 'outbound',
  contestada: 'answered',
  atendida: 'answered',
  noanswer: 'no_answer',
  missed: 'no_answer',
  abandoned: 'no_answer',
  perdida: 'no_answer',
  nocontestada: 'no_answer',
  abandonada: 'no_answer',
  ocupado: 'busy',
  comunicando: 'busy',
  buzon: 'voicemail',
  fallida: 'failed',
  congestion: 'failed',
};

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();

/** The house's word for what a switchboard says: "NO ANSWER", "Perdida", "entrante". */
const word = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const key = plain(value);
  return (
    WORDS[key] ??
    (value
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/gu, '_') ||
      value)
  );
};

/** One call as a switchboard's webhook sends it. @param line where it stands in what came */
export function readCall(value: unknown, line: number): ReadCall {
  const words =
    typeof value === 'object' && value !== null && 'direction' in value && 'outcome' in value
      ? { ...value, direction: word(value.direction), outcome: word(value.outcome) }
      : value;
  const read = LoggedCall.safeParse(words);
  if (read.success) return { call: read.data };
  const issue = read.error.issues[0];
  const column = CallColumn.safeParse(issue?.path[0]);
  return { line, column: column.data ?? 'call', message: issue?.message ?? 'cannot be read' };
}

/** A line of an export: its fields, and where it stands. */
export interface ListedLine {
  fields: string[];
  line: number;
}

/**
 * The calls of an export whose first line names the columns, in any of their usual languages and orders.
 * @throws Error when a column that must be there is not
 */
export function readCallLines([header, ...lines]: ListedLine[]): ReadCall[] {
  const names = header?.fields.map(plain) ?? [];
  const places = Object.entries(COLUMNS).map(
    ([field, known]) => [field, names.findIndex((name) => known.includes(name))] as const,
  );
  const missing = places.filter(([field, at]) => at < 0 && field !== 'durationSeconds' && field !== 'extension');
  if (missing.length > 0) throw new Error(`columns missing: ${missing.map(([field]) => field).join(', ')}`);
  return lines.map(({ fields, line }) => {
    const filled = places.flatMap(([field, at]) => (at < 0 || !fields[at] ? [] : [[field, fields[at]]]));
    return readCall(Object.fromEntries(filled), line);
  });
}
