import { Button, Progress } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { ImportOutcome } from '#contracts';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { importQuery, refusalsAddress } from './cardRequests.js';
import styles from './ImportPage.module.css';

interface Props {
  id: string;
  busy: boolean;
  /** Does what was tried; null: it was no trial, or the file is gone. */
  onReal: (() => void) | null;
}

/** How far an import is and what became of each row. */
export const ImportResults = ({ id, busy, onReal }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const [outcome, setOutcome] = useState<ImportOutcome | ''>('');
  const found = useInfiniteQuery(importQuery(id, outcome));
  const last = found.data?.pages.at(-1);
  if (found.isError)
    return <Trouble what={t('imports.failed')} error={found.error} onRetry={() => void found.refetch()} />;
  if (!last) return null;
  const { counts, done, rows, dryRun, fileName, state } = last;
  const title = dryRun ? t('imports.dry') : t('imports.done', { name: fileName ?? t('imports.list') });
  const items = (found.data?.pages ?? []).flatMap(({ results }) => results.items);
  return (
    <section aria-label={title} className={styles.results}>
      <div className={styles.head}>
        <div>
          <h2>{title}</h2>
          {dryRun ? <p>{t('imports.dry.lead')}</p> : null}
        </div>
        {dryRun && onReal && state === 'done' && counts.refused < rows ? (
          <Button variant="filled" loading={busy} onClick={onReal}>
            {t('imports.do')}
          </Button>
        ) : null}
      </div>
      {state === 'running' ? (
        <Progress value={rows === 0 ? 0 : (100 * done) / rows} aria-label={t('imports.progress', { done, rows })} />
      ) : null}
      <p role="status" className={styles.figures}>
        <span>{t('imports.progress', { done, rows })}</span>
        {ImportOutcome.options.map((one) => (
          <span key={one} data-outcome={counts[one] > 0 ? one : undefined}>
            {t(`imports.${one}`, { count: counts[one] })}
          </span>
        ))}
        {counts.refused > 0 ? (
          <a href={refusalsAddress(id)} download className={styles.download}>
            <Download size={14} aria-hidden /> {t('imports.refusals')}
          </a>
        ) : null}
      </p>
      <label className={styles.show}>
        {t('imports.show')}
        <select value={outcome} onChange={(event) => setOutcome(event.currentTarget.value as ImportOutcome | '')}>
          <option value="">{t('imports.show.all')}</option>
          {ImportOutcome.options.map((one) => (
            <option key={one} value={one}>
              {t(`imports.outcome.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(['row', 'number', 'outcome', 'why'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`imports.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(({ row, customerNumber, outcome: was, reasons }) => (
              <tr key={row} data-outcome={was}>
                <th scope="row">{row}</th>
                <td>{customerNumber ?? '—'}</td>
                <td>{t(`imports.outcome.${was ?? 'waiting'}`)}</td>
                <td>{reasons.map((reason) => reason[language]).join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.hasNextPage ? (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('imports.more')}
        </Button>
      ) : null}
    </section>
  );
};
