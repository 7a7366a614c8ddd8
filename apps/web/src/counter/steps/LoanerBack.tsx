import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { HygieneStep, type Condition } from '#contracts';
import { useWords } from '../../i18n/Words.js';
import { caseLoansQuery } from '../../loaners/loanerRequests.js';
import { isSame } from '../keep/kept.rules.js';
import { useField, useValues } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import { Seg } from '../pieces/Seg.js';
import { Silhouette } from '../pieces/Silhouette.js';
import { Checks } from '../pieces/Toggles.js';
import { Waiver } from '../pieces/Waiver.js';
import { asLent } from './loaner.rules.js';
import { StepTitle } from './StepTitle.js';
import { useConditionWords } from './useConditionWords.js';
import styles from '../Counter.module.css';

const CHECKS = HygieneStep.options;

/** Pick-up, second part: the phone that was lent comes back, and nothing of theirs stays on it. */
export const LoanerBack = () => {
  const { t } = useWords();
  const conditionWords = useConditionWords();
  const loanId = useValues()['back.loanId'];
  const [condition, write] = useField('back.conditionIn');
  const [checks, writeChecks] = useField('back.loanerChecks');
  const { detail } = useWho();
  const loans = useQuery({ ...caseLoansQuery(detail?.id ?? '', detail?.version ?? 0), enabled: detail !== null }).data
    ?.loans;
  const loan = loans?.find(({ id }) => id === loanId);
  const out = loan?.out?.condition ?? null;
  const lent = asLent(out);
  // Nobody knows how it left: nobody can say that it comes back like that.
  const held: Condition = condition ?? (loan ? lent : { ...lent, screen: 'unknown' });
  const change = (part: Partial<Condition>) => write({ ...held, ...part });
  if (!loanId) return <StepTitle title={t('loaner_back.title')} lead={t('loaner_back.none')} />;
  return (
    <>
      <StepTitle title={t('loaner_back.title')} lead={t('loaner_back.lead')} />
      {out ? <p className={styles.lead}>{t('loaner_back.was', { condition: conditionWords(out) })}</p> : null}
      <div className={styles.deeds}>
        <button
          type="button"
          className={styles.secondary}
          disabled={!loan}
          aria-pressed={loan !== undefined && isSame(condition, lent)}
          onClick={() => write(lent)}
        >
          <CircleCheck size={20} aria-hidden /> {t('loaner_back.as_lent')}
        </button>
      </div>
      <Silhouette marks={held.marks} onChange={(marks) => change({ marks })} />
      <Seg
        legend={t('device.screen')}
        value={held.screen}
        choices={(['whole', 'cracked', 'dead'] as const).map((value) => ({
          value,
          words: t(`device.screen.${value}`),
        }))}
        onChange={(screen) => change({ screen })}
      />
      <Checks
        legend={t('loaner_back.checks')}
        values={(checks ?? []) as HygieneStep[]}
        choices={CHECKS.map((value) => ({ value, words: t(`loaner_back.check.${value}`) }))}
        onChange={writeChecks}
      />
      <Waiver gate="loaner_back" what={t('loaner_back.checks')} reasons={[t('waiver.why.in_a_hurry')]} />
    </>
  );
};
