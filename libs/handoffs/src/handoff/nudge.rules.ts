import type { ContactRung, Language, PartnerTargets, PartnerTerms } from '#contracts';

/** What they are written when nobody acknowledges. */
export const STILL_WAITING: Record<Language, string> = {
  es: 'Seguimos esperando a que nos confirmen que lo tienen. El cliente espera.',
  en: 'We are still waiting for you to confirm that you have it. The customer is waiting.',
};

/** Who of theirs is written to, one after the other. */
export const rungsOf = ({ ladder }: Pick<PartnerTerms, 'ladder'>): ContactRung[] =>
  ladder.toSorted((a, b) => a.afterMinutes - b.afterMinutes);

/** After how many minutes somebody of theirs is written to, the how manieth time nobody answers; null: there is nobody more. */
export function nudgeMinutes(
  terms: Pick<PartnerTerms, 'ladder'>,
  targets: PartnerTargets | null,
  nudges: number,
): number | null {
  const rung = rungsOf(terms)[nudges];
  return rung && targets ? targets.acknowledgeMinutes + rung.afterMinutes : null;
}
