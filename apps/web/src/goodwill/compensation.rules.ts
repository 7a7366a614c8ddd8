import type { CompensatedService, NewCompensationBody } from '#contracts';
import { centsTyped } from './typed.rules.js';

/** What somebody has typed in the form of a compensation; times as the clock of the workspace shows them. */
export interface CompensationDraft {
  service: CompensatedService;
  from: string;
  /** Empty: it still lasts. */
  to: string;
  fee: string;
  /** Empty: not known. */
  average: string;
  currency: string;
  reason: string;
}

/**
 * What is sent; null: something is missing or cannot be.
 * @param instant the moment that was typed, by the clock of the workspace
 */
export function compensationSaid(
  draft: CompensationDraft,
  instant: (typed: string) => string,
): NewCompensationBody | null {
  const { service, currency } = draft;
  const instantOf = (typed: string) => (typed === '' ? null : instant(typed));
  const [from, to, reason] = [instantOf(draft.from), instantOf(draft.to), draft.reason.trim()];
  const monthlyFeeCents = centsTyped(draft.fee, currency);
  const averageCents = draft.average.trim() === '' ? null : centsTyped(draft.average, currency);
  if (!from || !monthlyFeeCents || reason === '') return null;
  if ((draft.to !== '' && (!to || to <= from)) || (draft.average.trim() !== '' && averageCents === null)) return null;
  return { service, from, to, monthlyFeeCents, averageCents, currency, reason };
}
