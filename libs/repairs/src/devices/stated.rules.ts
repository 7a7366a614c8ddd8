import { imeiProblemText, readDeviceNumber, type ImeiProblem } from '#contracts';

/** What somebody typed or scanned of a phone. */
export interface Typed {
  imei?: string | undefined;
  imei2?: string | undefined;
  meid?: string | undefined;
  serial?: string | undefined;
}

/** The same as the house keeps it; in `imeis` the first one stated is the first. */
export interface StatedNumbers {
  imeis: string[];
  meid: string | null;
  serial: string | null;
}

export interface WrongNumber {
  field: keyof Typed;
  problem: ImeiProblem;
  es: string;
  en: string;
  /** The number it would be with the right last digit. */
  meant?: string;
}

/** A MEID may be typed where an IMEI is asked for, and the other way round: the number says what it is. */
export function readStated(typed: Typed): { numbers: StatedNumbers; wrong: WrongNumber[] } {
  const numbers: StatedNumbers = { imeis: [], meid: null, serial: null };
  const wrong: WrongNumber[] = [];
  for (const field of ['imei', 'imei2', 'meid'] as const) {
    const text = typed[field]?.trim() ?? '';
    if (text === '') continue;
    const read = readDeviceNumber(text);
    if (read.kind === 'imei') {
      if (!numbers.imeis.includes(read.value)) numbers.imeis.push(read.value);
    } else if (read.kind === 'meid') numbers.meid = read.value;
    else {
      const { problem, meant } = read;
      const said = { es: imeiProblemText(read, 'es'), en: imeiProblemText(read, 'en') };
      wrong.push({ field, problem, ...said, ...(meant !== undefined && { meant }) });
    }
  }
  const serial = typed.serial?.replace(/\s/gu, '').toUpperCase() ?? '';
  if (serial !== '') numbers.serial = serial;
  return { numbers, wrong };
}

/** What is on record of a phone. */
export interface KnownNumbers {
  imei: string | null;
  imei2: string | null;
  meid: string | null;
  serial: string | null;
}

export type Joined = { numbers: KnownNumbers } | { differs: (keyof KnownNumbers)[] };

/** What is known and what is stated now as one phone's; where they cannot both be, what differs. A phone has two IMEIs at most. */
export function joinNumbers(known: KnownNumbers, stated: StatedNumbers): Joined {
  const [first, second, ...more] = [
    ...new Set([known.imei, known.imei2, ...stated.imeis].filter((imei) => imei !== null)),
  ];
  const differs: (keyof KnownNumbers)[] = [];
  if (more.length > 0) differs.push('imei2');
  if (known.meid && stated.meid && known.meid !== stated.meid) differs.push('meid');
  if (known.serial && stated.serial && known.serial !== stated.serial) differs.push('serial');
  if (differs.length > 0) return { differs };
  return {
    numbers: {
      imei: first ?? null,
      imei2: second ?? null,
      meid: known.meid ?? stated.meid,
      serial: known.serial ?? stated.serial,
    },
  };
}

/** Every number a phone can be found by without doubt. */
export const keysOf = ({ imeis, meid }: StatedNumbers): string[] => [...imeis, ...(meid ? [meid] : [])];
