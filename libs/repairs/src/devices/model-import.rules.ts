import type { DeviceOs, Language, ModelImportRow, SimKind } from '#contracts';

/** A table of models, line by line: which type allocation code is of which model. */

export interface ModelRow {
  tac: string;
  brand: string;
  model: string;
  os: DeviceOs | null;
  sim: SimKind[] | null;
}
type Reason = ModelImportRow['reasons'][number];
export interface ReadModelRow {
  row: number;
  model: ModelRow | null;
  reasons: Reason[];
}

const REASONS = {
  missing: { es: 'Falta «{column}».', en: '“{column}” is missing.' },
  tac: {
    es: 'Un TAC son las 8 primeras cifras del IMEI: {value}',
    en: 'A TAC is the first 8 digits of an IMEI: {value}',
  },
  os: { es: 'El sistema es android, ios u other: {value}', en: 'The system is android, ios or other: {value}' },
  sim: { es: 'Las SIM son nano, micro, mini o esim: {value}', en: 'SIMs are nano, micro, mini or esim: {value}' },
  long: { es: '«{column}» es demasiado largo.', en: '“{column}” is too long.' },
  twice: {
    es: 'Este TAC ya está en la fila {value}, con otro modelo.',
    en: 'This TAC is in row {value} already, of another model.',
  },
} as const satisfies Record<string, Record<Language, string>>;

function reason(code: keyof typeof REASONS, column: string, value = ''): Reason {
  const fill = (text: string) => text.replace('{column}', column).replace('{value}', value);
  return { code, column, es: fill(REASONS[code].es), en: fill(REASONS[code].en) };
}

/** How columns may be called. */
const NAMES: Record<string, keyof ModelRow> = {
  tac: 'tac',
  brand: 'brand',
  marca: 'brand',
  manufacturer: 'brand',
  fabricante: 'brand',
  model: 'model',
  modelo: 'model',
  name: 'model',
  os: 'os',
  sistema: 'os',
  sim: 'sim',
};

/** Where each column stands; null when it is no such table. */
export function columnsOf(header: readonly string[]): Map<keyof ModelRow, number> | null {
  const columns = new Map<keyof ModelRow, number>();
  header.forEach((cell, at) => {
    const name = NAMES[cell.trim().toLowerCase()];
    if (name && !columns.has(name)) columns.set(name, at);
  });
  return columns.has('tac') && columns.has('brand') && columns.has('model') ? columns : null;
}

const SYSTEMS: Record<string, DeviceOs> = {
  android: 'android',
  ios: 'ios',
  iphone: 'ios',
  other: 'other',
  otro: 'other',
};
const SIMS: readonly SimKind[] = ['nano', 'micro', 'mini', 'esim'];
const MOST = 120;

function simOf(cell: string): SimKind[] | null {
  const said = cell
    .toLowerCase()
    .split(/[\s|+/]+/u)
    .filter((word) => word !== '');
  const known = SIMS.filter((sim) => said.includes(sim));
  return known.length === new Set(said).size ? known : null;
}

/** A line of the table. An empty system or SIM says nothing. */
export function readModelRow(
  columns: Map<keyof ModelRow, number>,
  cells: readonly string[],
  row: number,
): ReadModelRow {
  const cell = (name: keyof ModelRow): string => cells[columns.get(name) ?? -1]?.trim() ?? '';
  const reasons: Reason[] = [];
  for (const name of ['tac', 'brand', 'model'] as const) {
    if (cell(name) === '') reasons.push(reason('missing', name));
    else if (cell(name).length > MOST) reasons.push(reason('long', name));
  }
  // Spreadsheets drop the zero a number begins with.
  const tac = cell('tac')
    .replace(/[\s-]/gu, '')
    .replace(/^\d{7}$/u, '0$&');
  if (cell('tac') !== '' && !/^\d{8}$/u.test(tac)) reasons.push(reason('tac', 'tac', cell('tac').slice(0, 40)));
  const os = cell('os') === '' ? null : SYSTEMS[cell('os').toLowerCase()];
  if (os === undefined) reasons.push(reason('os', 'os', cell('os').slice(0, 40)));
  const sim = cell('sim') === '' ? null : simOf(cell('sim'));
  if (cell('sim') !== '' && sim === null) reasons.push(reason('sim', 'sim', cell('sim').slice(0, 40)));
  const model = { tac, brand: cell('brand'), model: cell('model'), os: os ?? null, sim };
  return { row, model: reasons.length === 0 ? model : null, reasons };
}

const nameOf = ({ brand, model }: ModelRow): string => `${brand}\n${model}`.toLowerCase();

/** One TAC is of one model: of lines that say otherwise only the first is taken. */
export function withoutContradictions(rows: readonly ReadModelRow[]): ReadModelRow[] {
  const first = new Map<string, ReadModelRow & { model: ModelRow }>();
  return rows.map((one) => {
    if (!one.model) return one;
    const before = first.get(one.model.tac);
    if (!before) {
      first.set(one.model.tac, { ...one, model: one.model });
      return one;
    }
    if (nameOf(before.model) === nameOf(one.model)) return one;
    return { row: one.row, model: null, reasons: [reason('twice', 'tac', String(before.row))] };
  });
}
