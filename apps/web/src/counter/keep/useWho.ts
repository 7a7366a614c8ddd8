import { useQuery } from '@tanstack/react-query';
import type { CaseDetail, Language } from '#contracts';
import { useLanguage } from '../../i18n/Words.js';
import { intakesQuery } from '../counterRequests.js';
import { useKnownCase } from '../who/useKnownCase.js';
import { useKeeper, useSnapshot, useValues } from './useIntake.js';

/** Whose intake this is, as far as this tablet knows. */
export const useWho = (): { name: string | null; language: Language; detail: CaseDetail | null } => {
  const keeper = useKeeper();
  const { intake } = useSnapshot(keeper);
  const values = useValues();
  const { language } = useLanguage();
  const detail = useKnownCase(values['who.caseReference']);
  const rows = useQuery(intakesQuery(intake?.storeId ?? '')).data?.items ?? [];
  const listed = rows.find(({ id }) => id === keeper.id)?.who ?? null;
  const name = values['who.person']?.displayName ?? detail?.customer.displayName ?? intake?.whoName ?? listed;
  return { name, language: values['sign.language'] ?? detail?.customer.language ?? language, detail };
};
