import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { PARTS, partsOf } from './board.rules.js';
import { LoanerCard } from './LoanerCard.js';
import { boardQuery } from './loanerRequests.js';
import styles from './Board.module.css';

const AddLoaners = lazy(() => import('./AddLoaners.js'));

/** The pool of a store, by what is to be done with each. */
export const Board = ({ storeId }: { storeId: string }) => {
  const { t, intl } = useWords();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const { data, isError, error, refetch } = useQuery(boardQuery(storeId));
  if (isError) return <Trouble what={t('loaners.pool')} error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div className={styles.parts}>
        {PARTS.slice(0, 4).map((part) => (
          <Bone key={part} width="100%" height={160} />
        ))}
      </div>
    );
  const parts = partsOf(data.items, data.coming);
  const add = may('loaner.manage') ? (
    <Button leftSection={<Plus size={14} />} onClick={() => setAdding(true)}>
      {t('loaners.add')}
    </Button>
  ) : null;
  return (
    <>
      <div className={styles.sums}>
        <p>
          <b>{intl.formatNumber(parts.available.length)}</b>{' '}
          {t('loaners.sum.available', { count: parts.available.length })}
        </p>
        <p>
          <b>{intl.formatNumber(parts.out.length + parts.overdue.length)}</b>{' '}
          {t('loaners.sum.out', { count: parts.out.length + parts.overdue.length })}
        </p>
        <p data-some={data.unmet > 0 || undefined}>
          <b>{intl.formatNumber(data.unmet)}</b>{' '}
          {may('loaner.manage') && data.unmet > 0 ? (
            <Link to="/loaners" search={{ show: 'demand', store: storeId }}>
              {t('loaners.sum.unmet', { count: data.unmet })}
            </Link>
          ) : (
            t('loaners.sum.unmet', { count: data.unmet })
          )}
        </p>
        {add}
      </div>
      {data.items.length === 0 && data.coming.length === 0 ? (
        <Empty title={t('loaners.empty')} lead={t('loaners.empty.lead')} />
      ) : (
        <div className={styles.parts}>
          {PARTS.filter((part) => parts[part].length > 0).map((part) => (
            <section key={part} aria-labelledby={`part-${part}`} data-part={part}>
              <h2 id={`part-${part}`}>
                {t(`loaners.part.${part}`)} <span>{intl.formatNumber(parts[part].length)}</span>
              </h2>
              <ul>
                {parts[part].map((loaner) => (
                  <LoanerCard key={loaner.id} loaner={loaner} part={part} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      <Suspense fallback={null}>
        {adding ? <AddLoaners storeId={storeId} onClose={() => setAdding(false)} /> : null}
      </Suspense>
    </>
  );
};
