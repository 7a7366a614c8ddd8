/** A cell that a spreadsheet would run as a formula is kept from it by an apostrophe. */
const guarded = (cell: string): string => (/^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell);
const quoted = (cell: string): string => (/[",;\r\n\t]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A line of a CSV file (RFC 4180) that is safe to open in an office program. */
export const csvLine = (...cells: (readonly string[])[]): string =>
  `${cells
    .flat()
    .map((cell) => quoted(guarded(cell)))
    .join(',')}\r\n`;
