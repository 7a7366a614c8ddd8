import { useQuery } from '@tanstack/react-query';
import type { CounterTerms, Language } from '#contracts';
import { useWords } from '../../i18n/Words.js';
import { loanerSettingsQuery } from '../../loaners/loanerRequests.js';
import { counterTermsQuery } from '../counterRequests.js';
import { useValues } from '../keep/useIntake.js';
import styles from '../Counter.module.css';

/** On what terms a phone stays here and another one is lent: exactly what will stand on the receipt, before it is signed for. */
export const SignedTerms = ({ language }: { language: Language }) => {
  const { t } = useWords();
  const values = useValues();
  const left = useQuery(counterTermsQuery).data;
  const loan = useQuery(loanerSettingsQuery).data?.terms;
  const shown = (title: 'sign.terms' | 'loan.terms', terms: CounterTerms | undefined) => (
    <p className={styles.terms}>
      {terms ? `${t(title, { version: terms.version })}. ${terms[language]}` : t('sign.terms.unknown')}
    </p>
  );
  return (
    <>
      {values['device.stays'] === 'here' ? shown('sign.terms', left) : null}
      {values['keep.outcome'] === 'accepted' ? shown('loan.terms', loan) : null}
    </>
  );
};
