import type { DecisionOutcome } from './warranty.js';
import type { Language } from './words.js';

export type DecisionGap = 'clause' | 'plain_words' | 'next_step';

const said = (text: string | null | undefined): boolean => (text ?? '').trim() !== '';

/** "No" in whole or in part is a sentence somebody can act on: by what, in plain words, and what can be done now. */
export function decisionGaps(decision: {
  outcome: DecisionOutcome;
  clause?: string | null | undefined;
  plainWords?: string | null | undefined;
  nextStep?: string | null | undefined;
}): DecisionGap[] {
  if (decision.outcome !== 'not_covered' && decision.outcome !== 'partial') return [];
  const gaps: DecisionGap[] = [];
  if (!said(decision.clause)) gaps.push('clause');
  if (!said(decision.plainWords)) gaps.push('plain_words');
  if (!said(decision.nextStep)) gaps.push('next_step');
  return gaps;
}

export const OUTCOME_WORDS: Record<DecisionOutcome, Record<Language, string>> = {
  covered: { es: 'Lo cubre la garantía', en: 'Covered by warranty' },
  not_covered: { es: 'No lo cubre la garantía', en: 'Not covered by warranty' },
  partial: { es: 'La garantía cubre una parte', en: 'Partly covered by warranty' },
  goodwill: { es: 'Lo asumimos nosotros', en: 'We take it on as goodwill' },
};
