import type { SessionAnswer, Store } from '#contracts';

/**
 * Who works at this counter and which shops there are, for when it is loaded without a network. Of customers nothing; forgotten
 * when they sign out, when the server knows of no session any more, and after as long as a session lasts.
 */
export interface Here {
  session: SessionAnswer;
  /** When the server last said so (ms). */
  at: number;
}

const HERE = 'hilo.counter.here';
const LEAVING = 'hilo.counter.leaving';
const SHOPS = 'hilo.counter.shops';
const LASTS_MS = 12 * 3_600_000;

const read = <T>(key: string): T | null => {
  const kept = localStorage.getItem(key);
  return kept ? (JSON.parse(kept) as T) : null;
};

export const rememberHere = (here: Here): void => localStorage.setItem(HERE, JSON.stringify(here));

/** Who was here last; null: nobody, or too long ago. */
export const lastHere = (): Here | null => {
  const here = read<Here>(HERE);
  return here && Date.now() - here.at < LASTS_MS ? here : null;
};

export const forgetHere = (): void => localStorage.removeItem(HERE);

/** They sign out: until the server has heard of it or somebody comes in, nothing else is done here. */
export const rememberLeaving = (): void => localStorage.setItem(LEAVING, 'yes');
export const isLeaving = (): boolean => localStorage.getItem(LEAVING) !== null;
export const forgetLeaving = (): void => localStorage.removeItem(LEAVING);

export const rememberShops = (shops: readonly Store[]): void => localStorage.setItem(SHOPS, JSON.stringify(shops));
export const lastShops = (): Store[] => read<Store[]>(SHOPS) ?? [];
