import { csvLine, type LoanerImportRow } from '#contracts';

/** Why a row of a list was not taken: the reasons there are words for. */
export const IMPORT_REASONS: ReadonlySet<string> = new Set([
  ...['label.missing', 'brand.missing', 'model.missing', 'store.missing', 'model.retired', 'model.unknown'],
  ...['label.long', 'brand.long', 'model.long', 'note.long', 'store.unknown', 'imei.invalid', 'imei.taken'],
  ...['grade.unknown', 'os.unknown', 'sims.unknown', 'loaner.label_taken'],
]);

/** The rows that were not taken, as they stood and why, to be put right and sent again: a column more is no harm. */
export const refusedFile = (
  header: readonly string[],
  rows: readonly LoanerImportRow[],
  why: string,
  words: (reason: string) => string,
): string =>
  `\uFEFF${csvLine(header, [why])}${rows
    .map(({ cells, reasons }) =>
      csvLine(
        header.map((_, at) => cells[at] ?? ''),
        [reasons.map(words).join(' · ')],
      ),
    )
    .join('')}`;
