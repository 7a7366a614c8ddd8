import { amountText, type Loan } from '#contracts';
import { attachmentUrl } from '../api/requests.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import styles from './Loans.module.css';

/** What happened to a phone of ours, whether they pay for it, and who said so. */
export const LoanCharges = ({ charges }: Pick<Loan, 'charges'>) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  if (charges.length === 0) return null;
  return (
    <ul className={styles.charges} aria-label={t('loan.charges')}>
      {charges.map(({ id, kind, text, photoIds, decision, amountCents, currency, by, at, endedAt }) => (
        <li key={id} data-decision={endedAt ? 'ended' : decision}>
          <b>
            {t(`loan.charge.kind.${kind}`)}:{' '}
            {decision === 'charge' && amountCents !== null && currency !== null
              ? t('loan.charge.line.charge', { amount: amountText(amountCents, currency, language) })
              : t(decision === 'none' ? 'loan.charge.line.none' : 'loan.charge.line.open')}
          </b>
          {endedAt ? <em>{t('loan.charge.ended', { at: moment(intl, endedAt) })}</em> : null}
          <span>{text}</span>
          <small>
            {by.displayName} ·{' '}
            <time dateTime={at} title={whole(intl, at)}>
              {moment(intl, at)}
            </time>
            {photoIds.map((photo, nth) => (
              <a key={photo} href={attachmentUrl(photo)} target="_blank" rel="noreferrer">
                {t('loan.charge.photo', { nth: nth + 1 })}
              </a>
            ))}
          </small>
        </li>
      ))}
    </ul>
  );
};
