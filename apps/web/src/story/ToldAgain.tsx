import { useQuery } from '@tanstack/react-query';
import { Repeat2 } from 'lucide-react';
import { saysAlreadyTold, type CaseDetail, type InteractionEntry } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { reExplanationsQuery, toldAgain } from './requests.js';
import { useStoryDeed } from './useStoryDeed.js';
import styles from './Hint.module.css';

interface Props {
  entry: InteractionEntry;
  detail: CaseDetail;
}

const Suggestion = ({ entry, detail }: Props) => {
  const { t } = useWords();
  const { run, busy } = useStoryDeed(detail);
  const { data } = useQuery(reExplanationsQuery(detail.id));
  if (!data || data.items.some(({ entryId }) => entryId === entry.id)) return null;
  const decide = (dismissed: boolean) =>
    void run(() => toldAgain(detail.id, { source: 'customer_said', entryId: entry.id, dismissed }));
  return (
    <div className={styles.hint}>
      <Repeat2 size={16} aria-hidden />
      <span>{t('again.lead')}</span>
      <button type="button" disabled={busy} onClick={() => decide(false)}>
        {t('again.yes')}
      </button>
      <button type="button" disabled={busy} onClick={() => decide(true)}>
        {t('again.no')}
      </button>
    </div>
  );
};

/** What the customer wrote sounds as if they had said it before: a person decides whether it counts. */
export const ToldAgain = ({ entry, detail }: Props) => {
  const may = useMay();
  const suspected = entry.direction === 'inbound' && !entry.automatic && saysAlreadyTold(entry.text);
  return suspected && may('case.note') ? <Suggestion entry={entry} detail={detail} /> : null;
};
