import { useMemo } from 'react';
import type { CaseDetail, HandoffWord } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { useMay } from '../app/session.js';
import { keepDraft, restoreDraft, takeDraft, useDraft } from '../case/drafts.js';
import { holdBack, sentOff } from '../case/draftSync.js';
import { deleteDraft } from '../presence/presenceRequests.js';
import { inOrder, reachable, type WholeHandoff } from './handoff.rules.js';
import { sayWord } from './handoffRequests.js';
import { useHandoffs } from './useHandoffs.js';
import { useHandoffDeed } from './useHandoffDeed.js';

/** A message to a partner is at most so long. */
export const PARTNER_TEXT = 5000;

/** What of a message is said, in its order: files before the answer that speaks of them. */
const wordsOf = (text: string, attachmentIds: string[], answers: boolean): HandoffWord[] => [
  ...(attachmentIds.length > 0
    ? [{ kind: 'file' as const, attachmentIds, ...(text && !answers ? { text } : {}) }]
    : []),
  ...(text && answers ? [{ kind: 'info' as const, text }] : []),
  ...(text && !answers && attachmentIds.length === 0 ? [{ kind: 'note' as const, text }] : []),
];

/** What was said is no draft, and is said whether or not its draft could be thrown away. @returns whether it could */
const forgotten = async (caseId: string): Promise<boolean> => {
  try {
    await deleteDraft(caseId, 'partner');
    return true;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return false;
  }
};

export interface PartnerLine {
  /** Whether one may write to partners at all. */
  may: boolean;
  /** Whether these are all there are. */
  isKnown: boolean;
  /** Handoffs somebody can be written to about. */
  live: WholeHandoff[];
  target: WholeHandoff | null;
  /** What of theirs is answered with it; null: it is a message. */
  answers: string | null;
  busy: boolean;
  problem: string | null;
  send: () => Promise<void>;
}

/** Writing to a partner from the composer: to whom, whether it answers what they asked, and what became of it. */
export const usePartnerLine = (detail: CaseDetail): PartnerLine => {
  const may = useMay()('handoff.work');
  const { items, isKnown } = useHandoffs(detail);
  const { threadId } = useDraft(detail.id, 'partner');
  const { run, busy, problem } = useHandoffDeed();
  const live = useMemo(() => inOrder(reachable(items)), [items]);
  const target = live.find(({ id }) => id === threadId) ?? live[0] ?? null;
  const answers = target?.direction === 'out' && target.state === 'info_requested' ? target.question : null;
  const send = async () => {
    if (!target || busy) return;
    holdBack(detail.id, 'partner');
    const taken = takeDraft(detail.id, 'partner');
    const words = wordsOf(
      taken.text.trim(),
      taken.attachments.map(({ id }) => id),
      answers !== null,
    );
    let left = taken;
    const sent = await run(async (key) => {
      // By its kind: tried again, what is left of it may begin elsewhere.
      for (const word of words) {
        await sayWord(target.id, word, `${key}-${word.kind}`);
        if (word.kind === 'file') left = { ...taken, attachments: [] };
      }
      return { forgotten: await forgotten(detail.id) };
    });
    sentOff(detail.id, 'partner', sent !== null);
    if (sent === null) restoreDraft(detail.id, 'partner', left);
    // An empty box is saved by throwing the draft away, again and again until it is gone.
    else if (!sent.forgotten) keepDraft(detail.id, 'partner', {});
  };
  return { may, isKnown, live, target, answers, busy, problem, send };
};
