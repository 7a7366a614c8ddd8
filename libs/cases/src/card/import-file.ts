import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { DomainError } from '#platform';
import { headerOf, readCells, type ReadRow } from './import.cells.rules.js';

/** A row as it waits for its turn. */
export type StagedRow = ReadRow & { row: number; cells: string[] | null };
export interface ReadFile {
  header: string[];
  rows: AsyncIterable<StagedRow>;
}

/** Longer than any line of ours: a quote that was opened and never closed swallows the rest of the file. */
const MOST_OF_A_RECORD = 200_000;
const FIRST_LINE = 20_000;

const Parsed = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

/** Text of a file as office programs save it: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252. */
export async function* textOf(file: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let first = true;
  for await (const chunk of file) {
    if (first && chunk[0] === 0xff && chunk[1] === 0xfe) decoder = new TextDecoder('utf-16le');
    first = false;
    // Up to the first letter that is none of ASCII both are the same.
    decoder ??= chunk.every((byte) => byte < 0x80)
      ? null
      : new TextDecoder(isUtf8(chunk) ? 'utf-8' : 'windows-1252', { fatal: true });
    yield decoder ? decoded(decoder, chunk) : chunk.toString('latin1');
  }
  if (decoder) yield decoded(decoder, null);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer | null): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new DomainError('import.unreadable', { why: 'encoding', cause: String(cause) });
  }
}

/** A letter cut in two by the end of the chunk is none that is wrong. */
function isUtf8(chunk: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The mark of the first line that most of it is cut by. */
function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/gu, '');
  const [best] = [',', ';', '\t'].sort((one, other) => bare.split(other).length - bare.split(one).length);
  return best ?? ',';
}

/**
 * A file of customers, line by line as it comes: nothing but the line in hand is kept.
 * @throws DomainError import.no_columns, import.unreadable {line}, also while its rows are read
 */
export async function readFile(file: AsyncIterable<Buffer>): Promise<ReadFile> {
  const text = textOf(file)[Symbol.asyncIterator]();
  let head = '';
  for (;;) {
    const next = await text.next();
    if (next.done) break;
    head += next.value;
    if (/\n/u.test(head) || head.length > FIRST_LINE) break;
  }
  head = head.replace(/^\uFEFF/u, '');
  const delimiter = delimiterOf(head.split('\n', 1)[0] ?? '');
  const records = recordsOf(withHead(head, text), delimiter);
  const first = await records.next();
  const header = first.done ? null : headerOf(first.value.cells);
  if (!header)
    throw new DomainError('import.no_columns', { firstLine: first.done ? [] : first.value.cells.slice(0, 40) });
  return { header, rows: staged(records, header) };
}

async function* withHead(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield head;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}

/** What a spreadsheet was kept from running is read as it was meant. */
const unguarded = (cell: string): string => (/^'[=+\-@]/u.test(cell) ? cell.slice(1) : cell);

async function* recordsOf(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<{ line: number; cells: string[] }> {
  const parser = parse({
    delimiter,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    trim: true,
    info: true,
    maxRecordSize: MOST_OF_A_RECORD,
  });
  const source = Readable.from(text);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 1;
  try {
    for await (const parsed of parser) {
      const { record, info } = Parsed.parse(parsed);
      line = info.lines;
      yield { line, cells: record.map(unguarded) };
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('import.unreadable', { line, why: error instanceof Error ? error.message : String(error) });
  } finally {
    source.destroy();
  }
}

async function* staged(
  records: AsyncIterable<{ line: number; cells: string[] }>,
  header: string[],
): AsyncGenerator<StagedRow> {
  for await (const { line, cells } of records) yield { ...readCells(header, cells), row: line, cells };
}
