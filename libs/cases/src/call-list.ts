import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { readCallLines, type ReadCall } from './call-log.rules.js';

const Lines = z.array(
  z
    .object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) })
    .transform(({ record, info }) => ({ fields: record, line: info.lines })),
);

/**
 * A switchboard's export: comma, semicolon or tab, quoted or not (RFC 4180).
 * @throws Error when it is no such list at all
 */
export const readCallList = (csv: string): ReadCall[] =>
  readCallLines(
    Lines.parse(
      parse(csv, {
        bom: true,
        delimiter: [',', ';', '\t'],
        relaxColumnCount: true,
        skipEmptyLines: true,
        trim: true,
        info: true,
      }),
    ),
  );
