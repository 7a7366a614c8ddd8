import { useSyncExternalStore } from 'react';
import type { CallRinging } from '#contracts';

/** Who calls at this moment, newest first; a telephone does not ring longer than this. */
const RINGS_MS = 120_000;
const SHOWN = 3;

let calls: CallRinging[] = [];
const listeners = new Set<() => void>();
const show = (next: CallRinging[]) => {
  calls = next;
  listeners.forEach((tell) => tell());
};

export const stopRinging = (phone: string): void => show(calls.filter((call) => call.phone !== phone));

/** Calls to another extension than this one are not ours; those to none are everybody's. */
export const keepOwn = (extension: string): void =>
  show(calls.filter((call) => call.extension === null || call.extension === extension));

/** Somebody calls, and it concerns us: whose extension it is has been decided before. */
export const ring = (call: CallRinging): void => {
  show([call, ...calls.filter(({ phone }) => phone !== call.phone)].slice(0, SHOWN));
  setTimeout(() => show(calls.filter((held) => held !== call)), RINGS_MS);
};

export const useRinging = (): CallRinging[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => calls,
  );
