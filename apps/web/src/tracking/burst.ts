/**
 * Keys that come faster than anybody types are a handheld scanner's: it writes what it read like a keyboard, and ends with Enter.
 * Single-key deeds wait until it is known that no scanner is writing.
 */

/** Scanners need a few milliseconds a key; nobody's fingers are so fast for long. */
const QUIET_MS = 40;
/** No code is shorter. */
const SHORTEST = 6;

let letters = '';
let deeds: (() => void)[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

const forget = (): void => {
  clearTimeout(timer);
  letters = '';
  deeds = [];
};

const settle = (): void => {
  const due = letters.length < SHORTEST ? deeds : [];
  forget();
  due.forEach((deed) => deed());
};

const wait = (): void => {
  clearTimeout(timer);
  timer = setTimeout(settle, QUIET_MS);
};

/** A letter was pressed, outside of everything one types into. */
export const heard = (letter: string): void => {
  letters += letter;
  wait();
};

/** Does it unless the key turns out to be part of what a scanner writes. */
export const unlessScanned = (deed: () => void): void => {
  deeds.push(deed);
  wait();
};

/** What has been written so fast, and is over; null when that is too little. */
export const takeScanned = (): string | null => {
  if (letters.length < SHORTEST) return null;
  const written = letters;
  forget();
  return written;
};
