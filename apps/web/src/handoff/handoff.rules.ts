import {
  isHandoffEnded,
  isLiveHandoff,
  type CaseHandoff,
  type Handoff,
  type HandoffState,
  type HandoffWordKind,
  type PartnerQuote,
} from '#contracts';

/** What of a handoff is shown first, and what can be said about it. */

export type WholeHandoff = CaseHandoff;
type Standing = Pick<Handoff, 'direction' | 'state'>;

/** Whether it is for us to do the next thing. */
export function waitsOnUs({ direction, state }: Standing): boolean {
  if (direction === 'out')
    return state === 'info_requested' || state === 'rejected' || state === 'resolved' || state === 'draft';
  return isLiveHandoff(state) && state !== 'info_requested' && state !== 'resolved';
}

/** Whether there is still something to be said or done about it. */
export const isOpen = ({ state }: Pick<Handoff, 'state'>): boolean => !isHandoffEnded(state);

/** Those a person can write to, newest first: they have it, or said no and may be asked again. */
export const reachable = <T extends Standing>(handoffs: readonly T[]): T[] =>
  handoffs.filter(({ state }) => isLiveHandoff(state) || state === 'rejected');

/** Open ones first, those that wait for us before the others; newest first among themselves. */
export const inOrder = <T extends Standing & { openedAt: string }>(handoffs: readonly T[]): T[] => {
  const rank = (one: T) => (!isOpen(one) ? 2 : waitsOnUs(one) ? 0 : 1);
  return handoffs.toSorted((a, b) => rank(a) - rank(b) || Date.parse(b.openedAt) - Date.parse(a.openedAt));
};

/** A quote of theirs that nobody has answered yet and that can still be answered; the last one counts. */
export function openQuote({
  direction,
  state,
  entries,
}: Pick<WholeHandoff, 'direction' | 'state' | 'entries'>): { entryId: string; quote: PartnerQuote } | null {
  if (direction !== 'out' || !isOpen({ state })) return null;
  const said = entries.toSorted((a, b) => a.seq - b.seq);
  const at = said.findLastIndex(({ word, applied }) => applied && word.kind === 'quoted');
  const entry = said[at];
  if (entry?.word.kind !== 'quoted' || said.slice(at).some(({ word }) => word.kind === 'quote_answered')) return null;
  return { entryId: entry.id, quote: entry.word.quote };
}

/** What all of a quote costs, by their list and for us. */
export const quoteTotals = ({ lines }: Pick<PartnerQuote, 'lines'>): { list: number; price: number } => ({
  list: lines.reduce((sum, { quantity, listCents }) => sum + quantity * listCents, 0),
  price: lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0),
});

/** The day they named before the one that counts now; null: it is still the first. */
export function earlierEta({ etaAt, entries }: Pick<WholeHandoff, 'etaAt' | 'entries'>): string | null {
  if (!etaAt) return null;
  const named = entries
    .filter(({ applied }) => applied)
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap(({ word }) => ((word.kind === 'eta' || word.kind === 'accepted') && word.etaAt ? [word.etaAt] : []))
    .filter((at) => Date.parse(at) !== Date.parse(etaAt));
  return named.at(-1) ?? null;
}

/** What of ours could not be brought to them and is not tried any more. */
export const stuck = ({ entries }: Pick<WholeHandoff, 'entries'>) =>
  entries.flatMap(({ deliveries }) => deliveries.filter(({ state }) => state === 'dead'));

const LOOK_MS = 4_000;
const LOOK_AGAIN_MS = 30_000;

/** How often to look whether what is on its way has arrived: nothing tells of that. False: nothing is; after a failure it takes its time. */
export function lookEvery(handoffs: readonly Pick<WholeHandoff, 'entries'>[]): number | false {
  const waiting = handoffs
    .flatMap(({ entries }) => entries.flatMap(({ deliveries }) => deliveries))
    .filter(({ state }) => state === 'waiting');
  if (waiting.length === 0) return false;
  return waiting.some(({ attempts }) => attempts === 0) ? LOOK_MS : LOOK_AGAIN_MS;
}

/** A number as it was typed, with a comma or a point; null: it is none. */
export const numberOf = (typed: string): number | null =>
  /^[+-]?\d+(?:[.,]\d*)?$/u.test(typed.trim()) ? Number(typed.trim().replace(',', '.')) : null;

type Deed = Exclude<HandoffWordKind, 'sent' | 'file'> | 'go_on';

const TAKER_AT_WORK: Deed[] = [
  ...(['in_progress', 'resolved', 'quoted', 'asked', 'eta'] as const),
  ...(['received', 'dispatched', 'rejected'] as const),
];
/** What a taker says where; the first is what comes next. */
const TAKER: Partial<Record<HandoffState, Deed[]>> = {
  sent: ['accepted', 'rejected', 'asked', 'acknowledged'],
  acknowledged: ['accepted', 'rejected', 'asked', 'quoted'],
  accepted: TAKER_AT_WORK,
  in_progress: TAKER_AT_WORK.filter((deed) => deed !== 'in_progress'),
  info_requested: ['accepted', 'in_progress', 'resolved', 'eta', 'rejected'],
  resolved: ['dispatched', 'in_progress'],
  rejected: ['accepted'],
};
const GIVER: Partial<Record<HandoffState, Deed[]>> = {
  draft: ['cancelled'],
  sent: ['nudged', 'go_on', 'cancelled', 'recalled'],
  acknowledged: ['nudged', 'go_on', 'cancelled', 'recalled'],
  accepted: ['nudged', 'go_on', 'cancelled', 'recalled'],
  info_requested: ['info', 'cancelled', 'recalled'],
  in_progress: ['nudged', 'go_on', 'cancelled', 'recalled'],
  resolved: ['closed', 'reopened', 'recalled'],
  rejected: ['closed'],
};

/** Only who may answer for it takes back what was told, or goes on alone. */
const MANAGED = new Set<Deed>(['recalled', 'go_on']);

/** What can be done about it now, what comes next first. */
export const deedsOf = ({ direction, state }: Standing, manages: boolean): Deed[] =>
  ((direction === 'out' ? GIVER : TAKER)[state] ?? []).filter((deed) => manages || !MANAGED.has(deed));
