import { useSyncExternalStore } from 'react';
import type { CallRinging } from '#contracts';

/** Who calls at this moment, newest first; a telephone does not ring longer than this. */
const RINGS_MS = 120_000;
const SHOWN = 3;
const EXTENSION = 'hilo.extension';

let calls: CallRinging[] = [];
const listeners = new Set<() => void>();
const show = (next: CallRinging[]) => {
  calls = next;
  listeners.forEach((tell) => tell());
};

/** The extension on this desk; empty when nobody said. */
export const ownExtension = (): string => localStorage.getItem(EXTENSION) ?? '';
export const keepExtension = (extension: string): void => {
  if (extension.trim()) localStorage.setItem(EXTENSION, extension.trim());
  else localStorage.removeItem(EXTENSION);
  show(calls.filter(concernsUs));
};

/** A call that is nobody's in particular is everybody's; one to another desk is not ours. */
const concernsUs = ({ extension }: CallRinging): boolean =>
  extension === null || ownExtension() === '' || ownExtension() === extension;

export const stopRinging = (phone: string): void => show(calls.filter((call) => call.phone !== phone));

/** Somebody calls. */
export const ring = (call: CallRinging): void => {
  if (!concernsUs(call)) return;
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
