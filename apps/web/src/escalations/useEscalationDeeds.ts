import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ERRORS, type EscalationOutcomes } from '#contracts';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { useLanguage, useWords } from '../i18n/Words.js';

/** Deeds on many escalations: how many were done, and of each that was not, why. */
export const useEscalationDeeds = () => {
  const client = useQueryClient();
  const { t } = useWords();
  const { language } = useLanguage();
  const { run, busy } = useDeed();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const told = ({ items }: EscalationOutcomes) => {
    const refusals = items.filter(({ done }) => !done);
    setRefused(new Map(refusals.map(({ id, code }) => [id, reasonOf(code)])));
    setChosen(new Set(refusals.map(({ id }) => id)));
    notify(t('escalation.outcome', { done: items.length - refusals.length, refused: refusals.length }));
    void client.invalidateQueries({ queryKey: ['dashboard'] });
  };
  const reasonOf = (code: string | null): string => {
    const entry = Object.entries(ERRORS).find(([name]) => name === code)?.[1];
    return entry?.[language] ?? t('escalation.refused');
  };
  const act = async (deed: () => Promise<EscalationOutcomes>) => {
    const outcomes = await run(deed, false);
    if (outcomes) told(outcomes);
  };
  const choose = (id: string, isChosen: boolean) =>
    setChosen((held) => new Set(isChosen ? [...held, id] : [...held].filter((each) => each !== id)));
  return { chosen, choose, clear: () => setChosen(new Set()), refused, act, told, busy };
};
