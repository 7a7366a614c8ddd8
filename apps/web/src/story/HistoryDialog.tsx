import { useQuery } from '@tanstack/react-query';
import { factText, type CaseDetail } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { factsQuery } from './requests.js';
import styles from './History.module.css';

/** Every version of every fact, newest first: who wrote it, when, and what became of it. */
export default function HistoryDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { data, error, isError, isPending, refetch } = useQuery(factsQuery(detail.id));
  return (
    <Dialog title={t('history.title')} size={560} onClose={onClose}>
      {isError ? <Trouble what={t('error.case')} error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <p>{t('app.loading')}</p> : null}
      {data?.items.length === 0 ? <p>{t('history.empty')}</p> : null}
      <ol className={styles.versions}>
        {data?.items.map((fact) => (
          <li key={fact.id} data-over={fact.supersededBy !== null || fact.withdrawn !== null || undefined}>
            <b>{t(`story.${fact.kind}`)}</b> <span lang={fact.language ?? undefined}>{factText(fact, language)}</span>
            <small>
              {t('story.by', { name: fact.author.displayName, moment: moment(intl, fact.recordedAt) })}
              {fact.supersededBy ? ` · ${t('history.superseded')}` : null}
              {fact.withdrawn
                ? ` · ${t('history.withdrawn', { name: fact.withdrawn.by, reason: fact.withdrawn.reason })}`
                : null}
            </small>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
