import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { caseQuery } from '../api/queries.js';
import { Trouble } from '../app/Trouble.js';
import { InLanguage } from '../i18n/InLanguage.js';
import { moment } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { QrCode } from './QrCode.js';
import { codeQuery } from './trackingRequests.js';
import styles from './Receipt.module.css';

/** What a customer takes along from the counter: one sheet, made for the printer, in their language. */
export const ReceiptPage = () => {
  const { t } = useWords();
  const { reference } = useParams({ from: '/inside/receipt/$reference' });
  const opened = useQuery(caseQuery(reference));
  if (opened.isError)
    return <Trouble what={t('error.case')} error={opened.error} onRetry={() => void opened.refetch()} />;
  if (!opened.data) return null;
  return (
    <main className={styles.sheet}>
      <button type="button" className={styles.print} onClick={() => window.print()}>
        <Printer size={18} aria-hidden /> {t('receipt.print')}
      </button>
      <InLanguage language={opened.data.customer.language}>
        <Sheet detail={opened.data} />
      </InLanguage>
    </main>
  );
};

const Sheet = ({ detail }: { detail: CaseDetail }) => {
  const { t, intl } = useWords();
  const code = useQuery(codeQuery(detail.id)).data;
  const visit = detail.timeline?.items.findLast((entry) => entry.type === 'interaction' && entry.channel === 'store');
  const store = visit?.type === 'interaction' ? visit.store?.name : null;
  const rows: [string, string | null | undefined][] = [
    [t('receipt.customer'), detail.customer.displayName],
    [t('receipt.store'), store],
    [t('receipt.date'), moment(intl, visit?.at ?? detail.openedAt)],
    [t('receipt.problem'), detail.problem],
    [t('receipt.owner'), detail.assignee?.displayName],
    [t('receipt.next'), detail.nextUpdateDueAt ? moment(intl, detail.nextUpdateDueAt) : null],
  ];
  return (
    <>
      <h1>{t('receipt.title')}</h1>
      <output>{detail.reference}</output>
      {code ? <QrCode text={code.url} label={t('code.image', { reference: detail.reference })} size={200} /> : null}
      <p>{t('receipt.lead')}</p>
      <dl>
        {rows.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <h2>{t('receipt.terms')}</h2>
      <p>{t('receipt.terms.text')}</p>
    </>
  );
};
