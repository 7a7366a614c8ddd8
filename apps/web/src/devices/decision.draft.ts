import { decisionGaps, type DecisionGap, type DecisionOutcome, type WarrantyEvidence } from '#contracts';

/** What somebody is about to decide. */
export interface DecisionDraft {
  outcome: DecisionOutcome | null;
  clause: string;
  plainWords: string;
  nextStep: string;
  evidence: WarrantyEvidence[];
  tell: boolean;
}

export const EMPTY: DecisionDraft = {
  outcome: null,
  clause: '',
  plainWords: '',
  nextStep: '',
  evidence: [],
  tell: false,
};

/** What is missing before it can be decided. */
export const gapsOf = ({ outcome, ...draft }: DecisionDraft): DecisionGap[] =>
  outcome ? decisionGaps({ outcome, ...draft }) : [];

/** As it is sent; null while it is none. */
export const bodyOf = (draft: DecisionDraft) => {
  const { outcome } = draft;
  if (!outcome || gapsOf(draft).length > 0) return null;
  return { ...draft, outcome, tell: draft.tell && draft.plainWords.trim() !== '' };
};
