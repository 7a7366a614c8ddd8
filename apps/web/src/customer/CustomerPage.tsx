import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ContactPointDetail, CustomerDetail } from '#contracts';
import { caseQuery } from '../api/queries.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { day, whole } from '../i18n/moments.js';
import { MergesPanel } from '../merge/MergesPanel.js';
import { CardHead, CardPanel } from './CardPanel.js';
import { customerCasesQuery, customerQuery } from './cardRequests.js';
import { ContactPoints } from './ContactPoints.js';
import { PointGlyph } from './PointGlyph.js';
import { SharesPanel } from './SharesPanel.js';
import styles from './CustomerPage.module.css';

const Point = ({ point }: { point: ContactPointDetail }) => {
  const { t, intl } = useWords();
  return (
    <li data-past={point.until ? true : undefined}>
      <PointGlyph kind={point.kind} />
      <span>
        {point.masked ? `${t(`point.kind.${point.kind}`)} ` : ''}
        {point.handle ? `@${point.handle}` : point.display}
      </span>
      <small title={whole(intl, point.until ?? point.since)}>
        {point.until ? t('customer.point.until', { date: day(intl, point.until) }) : t(`point.source.${point.source}`)}
      </small>
    </li>
  );
};

/** Without a case nothing can be proven, so nothing is changed. */
const Points = ({ points }: { points: ContactPointDetail[] }) => {
  const { t } = useWords();
  return points.length === 0 ? (
    <p className={styles.none}>{t('customer.points.none')}</p>
  ) : (
    <ul className={styles.points} aria-label={t('customer.points')}>
      {points.map((point) => (
        <Point key={point.id} point={point} />
      ))}
    </ul>
  );
};

const Cases = ({ id }: { id: string }) => {
  const { t, intl } = useWords();
  const found = useInfiniteQuery(customerCasesQuery(id));
  const cases = found.data?.pages.flatMap(({ items }) => items) ?? [];
  if (found.isError)
    return <Trouble what={t('customer.error')} error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      {found.isSuccess && cases.length === 0 ? <p className={styles.none}>{t('customer.cases.none')}</p> : null}
      <ul className={styles.cases} aria-label={t('customer.cases')} aria-busy={found.isPending}>
        {cases.map(({ id: caseId, reference, problem, status, openedAt, closedAt }) => (
          <li key={caseId}>
            <Link to="/cases/$reference" params={{ reference }} search={{ view: closedAt ? 'closed' : 'open' }}>
              <span>{problem ?? reference}</span>
              <small>{t(`status.${status}`)}</small>
              <small title={whole(intl, openedAt)}>{day(intl, openedAt)}</small>
            </Link>
          </li>
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('customer.cases.more')}
        </Button>
      ) : null}
    </>
  );
};

const Found = ({ customer }: { customer: CustomerDetail }) => {
  const { t } = useWords();
  const { openCase } = customer;
  const detail = useQuery({ ...caseQuery(openCase?.reference ?? ''), enabled: openCase !== null }).data;
  return (
    <>
      <header className={styles.head}>
        <h1>{t('customer.title')}</h1>
        <CardHead customer={customer} linked={false} />
      </header>
      <div className={styles.columns}>
        <section aria-label={t('card.title')}>
          <CardPanel customerId={customer.id} detail={detail} />
          <h2>{t('customer.points')}</h2>
          {detail ? <ContactPoints detail={detail} /> : <Points points={customer.contactPoints} />}
          <MergesPanel customer={customer} detail={detail} />
        </section>
        <section aria-label={t('customer.cases')}>
          {openCase ? (
            <Link
              className={styles.open}
              to="/cases/$reference"
              params={{ reference: openCase.reference }}
              search={{ view: 'open' }}
            >
              {t('customer.case.open')}
            </Link>
          ) : null}
          <h2>{t('customer.cases')}</h2>
          <Cases id={customer.id} />
          <SharesPanel customerId={customer.id} />
        </section>
      </div>
    </>
  );
};

/** A customer by themselves, also without an open case: their card, what identifies them, every case they had. */
export const CustomerPage = () => {
  const { t } = useWords();
  const { id } = useParams({ from: '/inside/customers/$id' });
  const found = useQuery(customerQuery(id));
  return (
    <main className={styles.page} aria-busy={found.isPending}>
      {found.isError ? (
        <Trouble what={t('customer.error')} error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {found.data ? <Found customer={found.data} /> : null}
    </main>
  );
};
