import { useQuery } from '@tanstack/react-query';
import type { CounterTerms, Language } from '#contracts';
import { useWords } from '../../i18n/Words.js';
import { loanerSettingsQuery } from '../../loaners/loanerRequests.js';
import { counterTermsQuery } from '../counterRequests.js';
import { useValues } from '../keep/useIntake.js';
import styles from '../Counter.module.css';

interface Signed {
  title: 'sign.terms' | 'loan.terms';
  /** Undefined: not known yet. */
  terms: CounterTerms | undefined;
}

/** On what terms a phone stays here and another one is lent: what will stand on the receipt. */
export const useSignedTerms = (): Signed[] => {
  const values = useValues();
  const left = useQuery(counterTermsQuery).data;
  const lent = useQuery(loanerSettingsQuery).data?.terms;
  return [
    ...(values['device.stays'] === 'here' ? [{ title: 'sign.terms', terms: left } as const] : []),
    ...(values['keep.outcome'] === 'accepted' ? [{ title: 'loan.terms', terms: lent } as const] : []),
  ];
};

/** Read before they are signed for, in the language of who signs. */
export const SignedTerms = ({ language }: { language: Language }) => {
  const { t } = useWords();
  return useSignedTerms().map(({ title, terms }) => (
    <p key={title} className={styles.terms} role="status">
      {terms ? `${t(title, { version: terms.version })}. ${terms[language]}` : t('sign.terms.unknown')}
    </p>
  ));
};
