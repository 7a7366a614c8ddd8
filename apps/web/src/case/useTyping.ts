import type { ChangeEvent } from 'react';
import { wrote, wroteNoMore } from '../presence/desk.js';
import { keepDraft, type ComposerTab } from './drafts.js';
import { saveNow } from './draftSync.js';

/** What happens while somebody types: it is kept, and others see that they write; on leaving the box it is saved at once. */
export const useTyping = (caseId: string, tab: ComposerTab) => ({
  onChange: (event: ChangeEvent<HTMLTextAreaElement>) => {
    keepDraft(caseId, tab, { text: event.currentTarget.value });
    wrote(caseId);
  },
  onBlur: () => {
    saveNow();
    wroteNoMore();
  },
});
