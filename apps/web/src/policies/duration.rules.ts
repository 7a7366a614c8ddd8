/** Lengths of time as people write them, in both languages: "1 h 30", "2 d", "hora y media" is not one of them. */

const UNITS: [RegExp, number][] = [
  [/^(?:semanas?|sem|weeks?|w)$/u, 7 * 1440],
  [/^(?:d[ií]as?|days?|d)$/u, 1440],
  [/^(?:horas?|hours?|hrs?|h)$/u, 60],
  [/^(?:minutos?|minutes?|mins?|m|['′])$/u, 1],
];
const PART = /(\d+(?:[.,]\d+)?)\s*([a-zí'′]*)\.?/gu;
const CLOCK = /^(\d{1,4}):([0-5]\d)$/u;

const unitOf = (word: string): number | undefined => UNITS.find(([names]) => names.test(word))?.[1];

/**
 * @returns whole minutes; null where it cannot be read. A number alone is minutes, behind another unit it is of the next smaller:
 *   "1 h 30", "1:30", "2 d 4"
 */
export function minutesOf(typed: string): number | null {
  const text = typed.trim().toLowerCase();
  const [, hours, minutes] = CLOCK.exec(text) ?? [];
  if (hours !== undefined) return whole(Number(hours) * 60 + Number(minutes));
  if (text === '' || text.replaceAll(PART, '').replaceAll(/\b(?:y|and)\b|[,\s]/gu, '') !== '') return null;
  let total = 0;
  let last = Infinity;
  for (const [, amount = '', word = ''] of text.matchAll(PART)) {
    const unit = word === '' ? (last === 1440 ? 60 : 1) : unitOf(word);
    if (unit === undefined || unit >= last) return null;
    total += Number(amount.replace(',', '.')) * unit;
    last = unit;
  }
  return whole(total);
}

/** Ten years are as much as a policy may say. */
const whole = (minutes: number): number | null => {
  const rounded = Math.round(minutes);
  return rounded >= 1 && rounded <= 5_256_000 ? rounded : null;
};

/** 1530 → "1 d 1 h 30 min": to the minute, and read again as the same. Both languages write it so. */
export function durationText(minutes: number): string {
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
