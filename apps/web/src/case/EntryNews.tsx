import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, Info, Split } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { NOTICES, noticeText, type CaseDetail, type InteractionEntry } from '#contracts';
import { dismissReview } from '../api/requests.js';
import { failureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useMay } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { settleEntry } from './timelineCache.js';
import styles from './EntryNews.module.css';

const MoveEntry = lazy(() => import('./MoveEntry.js'));

interface Props {
  entry: InteractionEntry;
  detail: CaseDetail;
}

/** What a reader should know about a message beside its words. */
export const Notices = ({ entry }: Pick<Props, 'entry'>) => {
  const { t } = useWords();
  const { language } = useLanguage();
  if (entry.notices.length === 0) return null;
  return (
    <ul className={styles.notices} aria-label={t('entry.notices')}>
      {entry.notices.map((notice, index) => (
        <li key={index} data-over={NOTICES[notice.code].over || undefined}>
          {NOTICES[notice.code].over ? <CircleAlert size={14} aria-hidden /> : <Info size={14} aria-hidden />}
          <span>{noticeText(notice, language)}</span>
        </li>
      ))}
    </ul>
  );
};

/** It names a case of somebody else: a person decides, here and now. */
export const Review = ({ entry, detail }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const may = useMay();
  const client = useQueryClient();
  const [moving, setMoving] = useState(false);
  const [busy, setBusy] = useState(false);
  const { review } = entry;
  if (!review) return null;
  const leave = async () => {
    setBusy(true);
    try {
      settleEntry(client, detail.id, entry.id, await dismissReview(detail.id, entry.id));
      notify(t('review.dismissed'));
      await client.invalidateQueries({ queryKey: ['health'] });
    } catch (error) {
      notify(failureText(error, language, t).message);
      setBusy(false);
    }
  };
  return (
    <div className={styles.review} role="group" aria-label={t('review.title', { reference: review.caseReference })}>
      <Split size={16} aria-hidden />
      <div>
        <b>{t('review.title', { reference: review.caseReference })}</b>
        <p>{t(`review.by.${review.evidence.by}`, { name: entry.author.displayName })}</p>
        {may('case.move_entry') ? (
          <div className={styles.deeds}>
            <Button size="xs" onClick={() => setMoving(true)}>
              {t('review.move', { reference: review.caseReference })}
            </Button>
            <Button size="xs" loading={busy} onClick={() => void leave()}>
              {t('review.dismiss')}
            </Button>
          </div>
        ) : null}
      </div>
      {moving ? (
        <Suspense fallback={null}>
          <MoveEntry entry={entry} detail={detail} towards={review.caseReference} onClose={() => setMoving(false)} />
        </Suspense>
      ) : null}
    </div>
  );
};
