import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Suggestion } from '#contracts';
import { failureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { dismissSuggestion, refreshSuggestions, reopenSuggestion } from './suggestionRequests.js';

/** "Not the same" and taking that back; what was said here a moment ago stays in sight. */
export const useDecision = () => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [told, setTold] = useState<Suggestion | null>(null);
  const [busy, setBusy] = useState(false);
  const decide = async (work: () => Promise<Suggestion>, after: (suggestion: Suggestion) => void) => {
    setBusy(true);
    try {
      after(await work());
    } catch (error) {
      notify(failureText(error, language, t).message);
    }
    await refreshSuggestions(client);
    setBusy(false);
  };
  return {
    busy,
    /** The one that was dismissed here last. */
    told,
    dismiss: (suggestion: Suggestion) => decide(() => dismissSuggestion(suggestion.id), setTold),
    reopen: (suggestion: Suggestion) =>
      decide(
        () => reopenSuggestion(suggestion.id),
        () => setTold(null),
      ),
  };
};
