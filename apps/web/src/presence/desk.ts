import { useEffect, useSyncExternalStore } from 'react';
import type { Socket } from 'socket.io-client';
import {
  PRESENCE_CASES,
  PRESENCE_LEASE_SECONDS,
  type CasePresence,
  type LiveEvents,
  type LiveWishes,
  type PresenceAnswer,
  type PresenceState,
  type PresentPerson,
} from '#contracts';

/** Who else is at the cases on this screen, and where this window says that it is. */

type Line = Socket<LiveEvents, LiveWishes>;
interface Seat {
  caseId: string;
  state: PresenceState;
}

/** Rows that scroll by are asked for together. */
const GATHER_MS = 150;
const BEAT_MS = (PRESENCE_LEASE_SECONDS / 3) * 1000;
/** Who has not touched a key for so long is reading again. */
const WRITING_MS = 6000;
const AGAIN_MS = 2000;

let line: Line | null = null;
const people = new Map<string, PresentPerson[]>();
const watched = new Map<string, number>();
const seats: Seat[] = [];
let said: Seat | null = null;
let writing: { caseId: string; timer: ReturnType<typeof setTimeout> } | null = null;
let asking: ReturnType<typeof setTimeout> | null = null;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const learn = ({ caseId, people: now }: CasePresence): void => {
  if (now.length > 0) people.set(caseId, now);
  else people.delete(caseId);
};

const ask = (): void => {
  asking = null;
  if (!line?.connected) return;
  const caseIds = [...watched.keys()].slice(-PRESENCE_CASES);
  line.emit('presence.watch', { caseIds }, (answer: PresenceAnswer) => {
    if (!answer.ok) {
      askSoon(AGAIN_MS);
      return;
    }
    people.clear();
    answer.items.forEach(learn);
    tell();
  });
};
const askSoon = (wait = GATHER_MS): void => {
  asking ??= setTimeout(ask, wait);
};

/** Where this window is now: the place taken last, and writing when a key was touched a moment ago. */
const here = (): Seat | null => {
  const seat = seats.at(-1);
  if (!seat || document.visibilityState === 'hidden') return null;
  return seat.state === 'viewing' && writing?.caseId === seat.caseId ? { ...seat, state: 'writing' } : seat;
};

const say = (again = false): void => {
  if (!line?.connected) return;
  const now = here();
  if (!again && now?.caseId === said?.caseId && now?.state === said?.state) return;
  const wish = now ?? (said ? { caseId: said.caseId, state: null } : null);
  said = now;
  if (!wish) return;
  line.emit('presence', wish, (answer: PresenceAnswer) => {
    if (!answer.ok && answer.code === 'presence.too_often') setTimeout(() => say(true), AGAIN_MS);
  });
};

/** Takes a place at a case until what it returns is called. */
export const sit = (caseId: string, state: PresenceState): (() => void) => {
  const seat = { caseId, state };
  seats.push(seat);
  say();
  return () => {
    seats.splice(seats.indexOf(seat), 1);
    say();
  };
};

/** A key was touched in what is written on a case. */
export const wrote = (caseId: string): void => {
  if (writing) clearTimeout(writing.timer);
  writing = { caseId, timer: setTimeout(wroteNoMore, WRITING_MS) };
  say();
};
/** It was sent, or left to lie. */
export const wroteNoMore = (): void => {
  if (writing) clearTimeout(writing.timer);
  writing = null;
  say();
};

/** Hears and speaks over this line as long as it lasts. */
export const presenceOver = (socket: Line): (() => void) => {
  line = socket;
  const connected = () => {
    said = null;
    say();
    ask();
  };
  const lost = () => {
    // Nobody knows who is there meanwhile.
    people.clear();
    tell();
  };
  const hear = (presence: CasePresence) => {
    if (!watched.has(presence.caseId)) return;
    learn(presence);
    tell();
  };
  const turned = () => say();
  socket.on('connect', connected);
  socket.on('disconnect', lost);
  socket.on('presence', hear);
  document.addEventListener('visibilitychange', turned);
  const beat = setInterval(() => say(true), BEAT_MS);
  return () => {
    clearInterval(beat);
    document.removeEventListener('visibilitychange', turned);
    line = null;
    said = null;
    people.clear();
  };
};

const watch = (caseId: string): (() => void) => {
  watched.set(caseId, (watched.get(caseId) ?? 0) + 1);
  askSoon();
  return () => {
    const left = (watched.get(caseId) ?? 1) - 1;
    if (left > 0) watched.set(caseId, left);
    else watched.delete(caseId);
    askSoon();
  };
};

const NOBODY: PresentPerson[] = [];

/** Everybody at a case, this person included. */
export const usePresence = (caseId: string): PresentPerson[] => {
  useEffect(() => watch(caseId), [caseId]);
  return useSyncExternalStore(subscribe, () => people.get(caseId) ?? NOBODY);
};

/** This window is at that case, or at none. */
export const useSeat = (caseId: string | null, state: PresenceState): void => {
  useEffect(() => (caseId ? sit(caseId, state) : undefined), [caseId, state]);
};
