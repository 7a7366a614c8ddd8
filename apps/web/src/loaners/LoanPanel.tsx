import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isLiveLoan, type CaseDetail, type CaseLoans, type Loan } from '#contracts';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { isOver } from '../case/stage.rules.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { LiveLoan } from './LiveLoan.js';
import { LoanCharges } from './LoanCharges.js';
import { openLoanDialog } from './loanDialogs.js';
import { caseLoansQuery } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import styles from './Loans.module.css';

const Decided = ({ found }: { found: CaseLoans }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { decision } = found;
  if (!decision || decision.outcome === 'accepted') return null;
  const why = decision.reason ?? decision.rule?.text[language];
  return (
    <p className={styles.decided}>
      {t(`loan.outcome.${decision.outcome}`)}
      {why ? <small>{why}</small> : null}
    </p>
  );
};

const Past = ({ loans }: { loans: readonly Loan[] }) => {
  const { t, intl } = useWords();
  if (loans.length === 0) return null;
  return (
    <ul className={styles.past}>
      {loans.map(({ id, loaner, state, endedAt, charges }) => (
        <li key={id}>
          {nameOf(loaner.model)}
          <small>
            {t(state === 'lost' ? 'loan.state.lost' : 'loan.state.returned')}
            {endedAt ? ` · ${moment(intl, endedAt)}` : null}
          </small>
          <LoanCharges charges={charges} />
        </li>
      ))}
    </ul>
  );
};

/** Whether the customer is lent a phone, which one, and what becomes of it. */
export const LoanPanel = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const { data, isError, error, refetch } = useQuery({
    ...caseLoansQuery(detail.id, detail.version),
    enabled: may('loaner.read'),
  });
  const live = data?.loans.filter(({ state }) => isLiveLoan(state)) ?? [];
  const past = data?.loans.filter(({ state }) => state === 'returned' || state === 'lost') ?? [];
  const mayDecide = may('loaner.lend') && !isOver(detail.status) && live.length === 0;
  if (!may('loaner.read')) return null;
  return (
    <section aria-labelledby="loans" className={styles.panel}>
      <h3 id="loans">{t('loan.title')}</h3>
      {isError ? <Trouble what={t('loan.title')} error={error} onRetry={() => void refetch()} /> : null}
      {live.map((loan) => (
        <LiveLoan key={loan.id} loan={loan} />
      ))}
      {data && live.length === 0 ? <Decided found={data} /> : null}
      {data && !data.decision && live.length === 0 ? <p className={styles.none}>{t('loan.undecided')}</p> : null}
      {mayDecide && data ? (
        <Button size="xs" onClick={() => openLoanDialog({ name: 'decide' })}>
          {t(data.decision ? 'loan.decide_again' : 'loan.decide')}
        </Button>
      ) : null}
      <Past loans={past} />
    </section>
  );
};
