import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { amountText, type BenefitKind, type CompensatedService, type LedgerName, type LedgerRow } from '#contracts';
import { addressOf } from '../api/http.js';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { Switch } from '../app/Page.js';
import { Trouble } from '../app/Trouble.js';
import { day } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { readLedger } from './goodwillRequests.js';
import styles from './Goodwill.module.css';

const LEDGERS = ['goodwill', 'legal'] as const satisfies readonly LedgerName[];
const isService = (kind: BenefitKind | CompensatedService): kind is CompensatedService =>
  kind === 'telephone' || kind === 'internet';

const Row = ({ row }: { row: LedgerRow }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { kind, sent } = row;
  return (
    <tr>
      <td>{day(intl, row.at)}</td>
      <td>
        <Link to="/cases/$reference" params={{ reference: row.case.reference }} search={{ view: 'open' }}>
          {row.customerName} · {row.case.reference}
        </Link>
      </td>
      <td>{t(isService(kind) ? `compensation.${kind}` : `benefit.kind.${kind}`)}</td>
      <td data-number>
        {amountText(row.amountCents, row.currency, language)}
        {row.state === 'running' ? <small> {t('compensation.so_far')}</small> : null}
      </td>
      <td>{row.by ?? '—'}</td>
      <td>{sent ? t(`goodwill.message.${sent}`) : '—'}</td>
    </tr>
  );
};

/** What was given, and what the law says: two ledgers, each with its file. */
export const Ledgers = () => {
  const { t } = useWords();
  const [ledger, setLedger] = useState<LedgerName>('goodwill');
  const { data, isError, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['goodwill', 'ledger', ledger],
    queryFn: ({ pageParam, signal }) => readLedger(ledger, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const heads = ['date', 'case', 'what', 'amount', 'by', 'state'] as const;
  return (
    <section className={styles.scroll} tabIndex={0} aria-label={t('goodwill.ledgers')}>
      <div className={styles.foot}>
        <Switch
          label={t('goodwill.ledgers')}
          value={ledger}
          options={LEDGERS.map((value) => ({ value, words: t(`goodwill.ledger.${value}`) }))}
          onSwitch={setLedger}
        />
        <Button component="a" size="xs" href={addressOf(`/goodwill/ledgers/${ledger}/rows.csv`)} download>
          {t('goodwill.ledger.export')}
        </Button>
      </div>
      {isError && !data ? <Trouble what={t('goodwill.ledgers')} error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError ? <Bone width="60%" /> : null}
      {data && rows.length === 0 ? (
        <Empty title={t('goodwill.ledger.none')} lead={t('goodwill.ledger.none.lead')} />
      ) : null}
      {rows.length > 0 ? (
        <table className={styles.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(head === 'what' ? 'goodwill.rule.what' : `goodwill.ledger.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      ) : null}
      {hasNextPage ? (
        <Button size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('goodwill.ledger.more')}
        </Button>
      ) : null}
    </section>
  );
};
