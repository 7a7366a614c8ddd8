import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { BrokenGlass } from '#contracts';
import { Empty } from '../app/Empty.js';
import { Page, Switch } from '../app/Page.js';
import { Trouble } from '../app/Trouble.js';
import { moment } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { glassQuery, reviewGlass, type GlassShown } from './trackingRequests.js';
import styles from './Tracking.module.css';

const SHOWN: readonly GlassShown[] = ['open', 'reviewed'];

const Row = ({ row, onReview }: { row: BrokenGlass; onReview: () => void }) => {
  const { t, intl } = useWords();
  return (
    <li className={styles.broken}>
      <div>
        <b>
          {row.person.displayName}
          {row.store ? ` · ${row.store.name}` : null}
        </b>
        <p>{row.reason === null ? t('glass.by_reference') : `“${row.reason}”`}</p>
        <small>
          <Link to="/cases/$reference" params={{ reference: row.case.reference }} search={{ view: 'open' }}>
            {row.case.reference} · {row.case.customer}
          </Link>{' '}
          ·{' '}
          {row.until === null
            ? t('glass.at', { at: moment(intl, row.at) })
            : t('glass.when', { at: moment(intl, row.at), until: moment(intl, row.until) })}
        </small>
      </div>
      {row.reviewedBy ? (
        <small>{t('glass.reviewed_by', { name: row.reviewedBy.displayName })}</small>
      ) : (
        <Button onClick={onReview}>{t('glass.review')}</Button>
      )}
    </li>
  );
};

/** Who opened a case that was not theirs, and why: each stays here until a supervisor has looked at it. */
export const GlassPage = () => {
  const { t } = useWords();
  const client = useQueryClient();
  const [shown, setShown] = useState<GlassShown>('open');
  const list = useQuery(glassQuery(shown));
  const review = async (id: string) => {
    await reviewGlass(id);
    await client.invalidateQueries({ queryKey: ['break-glass'] });
  };
  return (
    <Page
      title={t('glass.list')}
      lead={t('glass.list.lead')}
      beside={
        <Switch
          label={t('glass.list')}
          value={shown}
          options={SHOWN.map((value) => ({ value, words: t(`glass.list.${value}`) }))}
          onSwitch={setShown}
        />
      }
    >
      {list.isError ? <Trouble what={t('glass.list')} error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data?.items.length === 0 ? <Empty title={t('glass.list.none')} lead={t('glass.list.none.lead')} /> : null}
      <ul className={styles.list}>
        {list.data?.items.map((row) => (
          <Row key={row.id} row={row} onReview={() => void review(row.id)} />
        ))}
      </ul>
    </Page>
  );
};
