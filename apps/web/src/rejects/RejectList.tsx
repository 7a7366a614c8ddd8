import { useInfiniteQuery } from '@tanstack/react-query';
import { rejectsQuery } from '../api/queries.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { MessageList } from './MessageList.js';
import { RejectRow } from './RejectRow.js';

/** What was kept back and waits for a decision, or what was decided, newest first. */
export const RejectList = ({ decided }: { decided: boolean }) => {
  const { t } = useWords();
  const may = useMay();
  return (
    <MessageList
      query={useInfiniteQuery(rejectsQuery(decided ? 'decided' : 'open'))}
      failed={t('error.rejects')}
      empty={{
        title: t(decided ? 'quarantine.decided.empty' : 'rejects.empty'),
        lead: t(decided ? 'quarantine.decided.empty.lead' : 'rejects.empty.lead'),
      }}
      row={(reject) => <RejectRow key={reject.id} reject={reject} decides={may('reject.manage')} />}
    />
  );
};
