import { isUtf8 } from 'node:buffer';
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

/**
 * Text of a file as office programs save it: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252. The first letter
 * that is none of ASCII says which; what is not so to the end is refused.
 */
export async function* textOf(file: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let waiting = Buffer.alloc(0);
  for await (const part of file) {
    const chunk = Buffer.concat([waiting, part]);
    const encoding: ReturnType<typeof encodingOf> = decoder ? null : encodingOf(chunk);
    waiting = encoding === 'unclear' ? chunk : Buffer.alloc(0);
    if (encoding === 'unclear') continue;
    if (encoding) decoder = new TextDecoder(encoding, { fatal: true });
    yield decoder ? decoded(decoder, chunk) : chunk.toString('latin1');
  }
  decoder ??= new TextDecoder('windows-1252');
  yield decoded(decoder, waiting) + decoded(decoder, null);
}

/** Null: nothing but ASCII so far. Unclear: the letter that would say is cut in two. */
function encodingOf(chunk: Buffer): 'utf-8' | 'utf-16le' | 'windows-1252' | 'unclear' | null {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  const at = chunk.findIndex((byte) => byte >= 0x80);
  const first = chunk[at];
  if (first === undefined) return null;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const letter = chunk.subarray(at, at + length);
  if (letter.length < length) return 'unclear';
  return isUtf8(letter) ? 'utf-8' : 'windows-1252';
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer | null): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new DomainError('import.unreadable', { why: 'encoding', cause: String(cause) });
  }
}

/** The mark of the first line that most of it is cut by. */
function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/gu, '');
  const [best] = [',', ';', '\t'].sort((one, other) => bare.split(other).length - bare.split(one).length);
  return best ?? ',';
}

export interface OpenTable {
  /** The cells of the first line; null when there is none. */
  header: string[] | null;
  rows: AsyncIterable<{ line: number; cells: string[] }>;
}

/**
 * A table as spreadsheets save it, line by line as it comes: comma, semicolon or tab, whatever it is encoded in.
 * @throws DomainError import.unreadable {line}, also while its rows are read
 */
export async function openTable(file: AsyncIterable<Buffer>): Promise<OpenTable> {
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
  return { header: first.done ? null : first.value.cells, rows: records };
}

/**
 * A file of customers, line by line as it comes: nothing but the line in hand is kept.
 * @throws DomainError import.no_columns, import.unreadable {line}, also while its rows are read
 */
export async function readFile(file: AsyncIterable<Buffer>): Promise<ReadFile> {
  const table = await openTable(file);
  const header = table.header && headerOf(table.header);
  if (!header) throw new DomainError('import.no_columns', { firstLine: table.header?.slice(0, 40) ?? [] });
  return { header, rows: staged(table.rows, header) };
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
