import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IntakeGate } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { failureText } from '../app/failureText.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { finishIntake } from './counterRequests.js';
import type { Keeper } from './keep/keeper.js';
import { gatesIn, missingIn, type Gate } from './gates.js';

/** Ends an intake: first everything that is still here is told, then all of it is done at once. */
export const useFinish = (keeper: Keeper, gates: readonly IntakeGate[]) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; missing: number } | null>(null);
  const [refused, setRefused] = useState<readonly Gate[]>([]);
  const missing = gates.length;
  const setProblem = (text: string | null) => setSaid(text === null ? null : { text, missing });
  // Once something more is there, what was said before no longer holds.
  const problem = said?.missing === missing ? said.text : null;

  const finish = async () => {
    setProblem(null);
    setRefused([]);
    if (missing > 0) return setProblem(t('missing.some', { count: missing }));
    setBusy(true);
    try {
      await keeper.tellAll();
      if (keeper.now().line === 'waiting') return setProblem(t('finish.offline'));
      if (keeper.unsaved > 0) return setProblem(t('finish.unsaved', { count: keeper.unsaved }));
      const outcome = await finishIntake(keeper.id);
      await keeper.over(outcome, 'finished');
      for (const name of [
        'intakes',
        'cases',
        'case',
        'counts',
        'loaners',
        'store-board',
        'customers',
        'timeline',
        'handoffs',
        'parcels',
      ])
        void client.invalidateQueries({ queryKey: [name] });
    } catch (error) {
      setRefused(gatesIn(error));
      const told = failureText(error, language, t);
      setProblem(
        error instanceof ApiFailure && error.code === 'network.unreachable'
          ? t('finish.offline')
          : [told.message, ...missingIn(error), t('error.code', { code: told.code })].join(' '),
      );
    } finally {
      setBusy(false);
    }
  };
  return { finish, busy, problem, refused };
};
