import { OUTCOME_WORDS } from '#contracts';
import { useWordsFor } from '../../i18n/InLanguage.js';
import { useLanguage, useWords } from '../../i18n/Words.js';
import { useField, useKeeper, useValues } from '../keep/useIntake.js';
import { Line } from '../pieces/Line.js';
import { useWho } from '../keep/useWho.js';
import pieces from '../pieces/Pieces.module.css';
import { Seg } from '../pieces/Seg.js';
import { Waiver } from '../pieces/Waiver.js';
import { CommonNo } from './CommonNo.js';
import { returnDecided } from './returnChoices.js';
import { StepTitle } from './StepTitle.js';
import styles from '../Counter.module.css';

const OUTCOMES = ['covered', 'partial', 'goodwill', 'not_covered'] as const;
const WAYS = ['repair', 'replace', 'refund', 'buy_out'] as const;
const NEXT_STEPS = ['quote', 'second_opinion', 'data_only'] as const;

/** Step 3: who answers for it. A "no" is a sentence somebody can act on: by what, in plain words, and what can be done now. */
export const Decide = ({ onNext }: { onNext: () => void }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const keeper = useKeeper();
  const [outcome, writeOutcome] = useField('decide.outcome');
  const [way, writeWay] = useField('decide.way');
  const [nextStep, writeNextStep] = useField('decide.nextStep');
  const { 'take.by': taken, 'device.stays': stays, 'promise.returnAt': returnAt } = useValues();
  const theirs = useWordsFor(useWho().language);
  const isNo = outcome === 'not_covered' || outcome === 'partial';
  const choose = (value: NonNullable<typeof outcome>) => {
    writeOutcome(value);
    if (way == null && (value === 'covered' || value === 'goodwill')) writeWay('repair');
    // Until somebody says where it goes, it lies here.
    if (taken === undefined) keeper.write('take.by', 'store');
    const said = { outcome: value, by: taken ?? 'store', stays, at: returnAt };
    const back = returnDecided(intl, new Date(), said);
    if (back !== undefined) keeper.write('promise.returnAt', back);
    // "Yes" needs no more words.
    if (outcome === undefined && (value === 'covered' || value === 'goodwill')) onNext();
  };
  return (
    <>
      <StepTitle title={t('decide.title')} lead={t('decide.lead')} />
      <Seg
        legend={t('decide.outcome')}
        value={outcome === 'later' ? null : outcome}
        choices={OUTCOMES.map((value) => ({
          value,
          words: OUTCOME_WORDS[value][language],
          lead: t(`decide.${value}`),
        }))}
        onChange={choose}
      />
      {isNo ? (
        <div className={styles.card}>
          <div className={styles.stack}>
            <p className={styles.lead}>{t('decide.no.lead')}</p>
            <CommonNo onNext={onNext} />
            <Line path="decide.clause" label={t('decide.clause')} lead={t('decide.clause.lead')} maxLength={1000} />
            <Line
              path="decide.plainWords"
              label={t('decide.plain')}
              lead={t('decide.plain.lead')}
              rows={3}
              large
              maxLength={2000}
            />
            <Line path="decide.nextStep" label={t('decide.next')} lead={t('decide.next.lead')} maxLength={1000} />
            {nextStep ? null : (
              <div className={pieces.reasons}>
                {NEXT_STEPS.map((step) => (
                  <button
                    key={step}
                    type="button"
                    disabled={!theirs}
                    onClick={() => theirs && writeNextStep(theirs(`decide.next.${step}`))}
                  >
                    {t(`decide.next.${step}`)}
                  </button>
                ))}
              </div>
            )}
          </div>
        </div>
      ) : null}
      <Seg
        legend={t('decide.way')}
        value={way}
        choices={WAYS.map((value) => ({ value, words: t(`decide.way.${value}`), lead: t(`decide.way.${value}.lead`) }))}
        onChange={writeWay}
      />
      <Waiver
        gate="warranty"
        what={t('decide.outcome')}
        reasons={[t('waiver.why.diagnosis'), t('waiver.why.manager')]}
      />
    </>
  );
};
