import type { z } from 'zod';
import type { ClockMetric, NextDue } from '#contracts';
import type { Key } from '../i18n/es.js';

/** How a due time looks and reads. */

const SOON_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

export type DueLook = 'calm' | 'due' | 'breached' | 'paused';

/** Due under half an hour or said so by the clock; past is breached; a paused clock never is. */
export const dueLook = ({ dueAt, state }: z.infer<typeof NextDue>, now: number): DueLook => {
  if (state === 'paused') return 'paused';
  const left = Date.parse(dueAt) - now;
  if (state === 'breached' || left < 0) return 'breached';
  return state === 'due' || left < SOON_MS ? 'due' : 'calm';
};

export type Span =
  | { unit: 'minutes'; count: number }
  | { unit: 'hours'; hours: number; minutes: number }
  | { unit: 'days'; days: number; hours: number };

/** A length of time in its two largest units, cut and not rounded: "1 h 59 min" is not two hours. */
export const spanOf = (ms: number): Span => {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return { unit: 'hours', hours, minutes: minutes % 60 };
  return { unit: 'days', days: Math.floor(hours / 24), hours: hours % 24 };
};

/** The verb of each metric. */
export const DUE_WORDS: Record<ClockMetric, Key> = {
  first_useful_action: 'due.reply',
  next_response: 'due.reply',
  next_update: 'due.update',
  silence: 'due.update',
  relief: 'due.relieve',
  resolution: 'due.resolve',
  partner_acknowledge: 'due.partner',
  partner_answer: 'due.partner',
  partner_return: 'due.partner',
};
