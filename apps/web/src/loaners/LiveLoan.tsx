import { Button } from '@mantine/core';
import type { Loan } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { LoanCharges } from './LoanCharges.js';
import { openLoanDialog, type LoanDialog } from './loanDialogs.js';
import { nameOf } from './loanWords.js';
import styles from './Loans.module.css';

type Deed = Exclude<NonNullable<LoanDialog>['name'], 'decide'>;

/** What can be done with it as it stands; the first is what usually comes next. */
const DEEDS: Record<'reserved' | 'active', readonly [Deed, 'loaner.hand_over' | 'loaner.lend'][]> = {
  reserved: [
    ['lend', 'loaner.hand_over'],
    ['cancel', 'loaner.lend'],
  ],
  active: [
    ['take-back', 'loaner.hand_over'],
    ['extend', 'loaner.lend'],
    ['swap', 'loaner.hand_over'],
    ['damaged', 'loaner.hand_over'],
    ['lost', 'loaner.hand_over'],
  ],
};

/** The phone they have, or what is kept for them. */
export const LiveLoan = ({ loan }: { loan: Loan }) => {
  const { t, intl } = useWords();
  const may = useMay();
  const isOut = loan.state === 'active';
  const at = isOut ? loan.dueAt : loan.keepUntil;
  const deeds = DEEDS[isOut ? 'active' : 'reserved'];
  const relieves = loan.relieves.map((kind) => t(`impact.${kind}`).toLocaleLowerCase());
  return (
    <div className={styles.loan} data-fault={loan.fault ?? undefined}>
      <p className={styles.phone}>
        <b>{nameOf(loan.loaner.model)}</b> <span>{loan.loaner.label}</span>
      </p>
      <p>
        {t(isOut ? 'loan.out' : 'loan.kept', { store: loan.store.name })}
        {at ? (
          <time dateTime={at} title={whole(intl, at)}>
            {t(isOut ? 'loan.due' : 'loan.until', { at: moment(intl, at) })}
          </time>
        ) : null}
      </p>
      {loan.follows === 'repair' ? <p className={styles.hint}>{t('loan.follows.repair')}</p> : null}
      {loan.fault ? <p className={styles.late}>{t(`loan.fault.${loan.fault}`)}</p> : null}
      {relieves.length > 0 ? (
        <p className={styles.hint}>{t('loan.relieves', { list: intl.formatList(relieves) })}</p>
      ) : null}
      <LoanCharges charges={loan.charges} />
      <div className={styles.deeds}>
        {deeds.map(([name, permission], index) =>
          may(permission) ? (
            <Button
              key={name}
              size="xs"
              variant={index === 0 ? 'filled' : 'default'}
              onClick={() => openLoanDialog({ name, loanId: loan.id })}
            >
              {t(`loan.${name === 'take-back' ? 'take_back' : name}`)}
            </Button>
          ) : null,
        )}
      </div>
    </div>
  );
};
