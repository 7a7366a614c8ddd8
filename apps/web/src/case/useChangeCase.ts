import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CaseDetail, PatchCaseBody } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { changeCase, readCase } from '../api/requests.js';
import { failureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { placeRow } from '../live/doorbell.js';

type CaseChange = Omit<PatchCaseBody, 'version'>;

/** Whether what a person wants to change is still as they saw it. */
const untouched = (seen: CaseDetail, fresh: CaseDetail, change: CaseChange): boolean =>
  (change.status === undefined || (seen.status === fresh.status && seen.waitReason === fresh.waitReason)) &&
  (change.assigneeId === undefined || seen.assignee?.id === fresh.assignee?.id) &&
  (change.queueId === undefined || seen.queue?.id === fresh.queue?.id) &&
  (change.priority === undefined || seen.priority === fresh.priority);

/** Changes on top of what was seen. A version that only moved for another reason (a new message, a read) is no conflict. */
const changeSeen = async (seen: CaseDetail, change: CaseChange): Promise<CaseDetail> => {
  try {
    return await changeCase(seen.id, { ...change, version: seen.version });
  } catch (error) {
    if (!(error instanceof ApiFailure && error.code === 'case.version_conflict')) throw error;
    const fresh = await readCase(seen.id);
    if (!untouched(seen, fresh, change)) throw error;
    return await changeCase(seen.id, { ...change, version: fresh.version });
  }
};

/** Status, owner, queue and priority of the open case: at once on the screen, taken back if the server refuses. */
export const useChangeCase = (detail: CaseDetail) => {
  const client = useQueryClient();
  const { t } = useWords();
  const { language } = useLanguage();
  return useCallback(
    async (change: CaseChange, shown: Partial<CaseDetail> = {}) => {
      const key = ['case', detail.reference];
      client.setQueryData<CaseDetail>(key, { ...detail, ...shown });
      try {
        const changed = await changeSeen(detail, change);
        client.setQueryData<CaseDetail>(key, changed);
        placeRow(client, changed);
      } catch (error) {
        client.setQueryData<CaseDetail>(key, detail);
        const conflict = error instanceof ApiFailure && error.code === 'case.version_conflict';
        notify(conflict ? t('case.conflict') : failureText(error, language, t).message);
      }
      await Promise.all(
        [key, ['timeline', detail.id], ['cases'], ['counts']].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
    [client, detail, language, t],
  );
};
