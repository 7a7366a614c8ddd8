import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { benefitText, ruleAnswer, type NewGoodwillRuleBody } from '#contracts';
import { CaseLookup } from '../app/CaseLookup.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { tryQuery } from './goodwillRequests.js';
import styles from './Goodwill.module.css';

/** What the rule would say of a case as it stands now; nothing is proposed by asking. */
export const RuleTry = ({ says }: { says: NewGoodwillRuleBody | null }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const [reference, setReference] = useState('');
  const { data } = useQuery(tryQuery(reference.trim()));
  const answer = says && data ? ruleAnswer(says, data) : null;
  return (
    <div className={styles.try}>
      <CaseLookup label={t('goodwill.try')} value={reference} problem={null} onChange={setReference} />
      <p aria-live="polite">
        {answer && says && data
          ? t(`goodwill.try.${answer}`, {
              what: benefitText(says.terms.kind, { ...says.terms }, language),
              days: data.days ?? 0,
              tier: t(`tier.${data.tier}`),
              after: says.afterDays,
            })
          : t('goodwill.try.lead')}
      </p>
    </div>
  );
};
