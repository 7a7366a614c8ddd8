import { Check, PenLine } from 'lucide-react';
import type { ImpactKind } from '#contracts';
import { IMPACT_KINDS } from '../../app/vocabulary.js';
import { useWords } from '../../i18n/Words.js';
import { ImpactGlyph } from '../../inbox/ImpactGlyph.js';
import { useField, useKeeper } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import { Line } from '../pieces/Line.js';
import pieces from '../pieces/Pieces.module.css';
import { Toggles } from '../pieces/Toggles.js';
import { StoryLines } from '../who/StoryLines.js';
import { chooseFault } from './chooseFault.js';
import { faultTold, toldOf } from './faultTold.rules.js';
import { StepTitle } from './StepTitle.js';
import styles from '../Counter.module.css';

/** What people say first, when asked what matters most. */
const MATTERS = ['calls', 'photos', 'apps'] as const satisfies ImpactKind[];

/** Step 1: what they told us is shown to them; only what is new is written down. */
export const Listen = ({ onNext }: { onNext: () => void }) => {
  const { t } = useWords();
  const keeper = useKeeper();
  const { detail, name } = useWho();
  const [right, sayRight] = useField('listen.storyRight');
  const [text, writeText] = useField('listen.text');
  const [lacks, writeLacks] = useField('listen.lacks');
  const [matters, writeMatters] = useField('listen.matters');
  const told = detail !== null;
  const yes = () => {
    sayRight(true);
    if (!text) writeText(t('listen.confirmed'));
    const fault = detail ? faultTold(toldOf(detail)) : null;
    if (fault && keeper.value('device.fault') === undefined) chooseFault(keeper, fault);
    onNext();
  };
  return (
    <>
      <StepTitle
        title={t(told ? 'listen.title_told' : 'listen.title')}
        lead={t(told ? 'listen.lead_told' : 'listen.lead', { name: name ?? t('counter.somebody') })}
      />
      {detail ? (
        <section className={styles.card} aria-label={t('visit.already')}>
          <StoryLines detail={detail} />
          <div className={styles.deeds}>
            <button type="button" className={`${styles.primary} ${styles.grow}`} onClick={yes}>
              <Check size={20} aria-hidden /> {t('listen.yes')}
            </button>
            <button
              type="button"
              className={styles.secondary}
              aria-pressed={right === false}
              onClick={() => sayRight(false)}
            >
              <PenLine size={20} aria-hidden /> {t('listen.no')}
            </button>
          </div>
        </section>
      ) : null}
      <Line
        path="listen.text"
        label={t(right === false ? 'listen.correct' : told ? 'listen.more' : 'visit.story')}
        lead={t('visit.story.lead')}
        rows={told ? 2 : 4}
        large
      />
      <Toggles
        legend={t('visit.lost')}
        values={lacks ?? []}
        alarming
        choices={IMPACT_KINDS.map((value) => ({
          value,
          words: t(`impact.${value}`),
          glyph: <ImpactGlyph kind={value} size={20} />,
        }))}
        onChange={writeLacks}
      />
      <div className={styles.stack}>
        <Line path="listen.matters" label={t('listen.matters')} maxLength={500} />
        {matters ? null : (
          <div className={pieces.reasons}>
            {MATTERS.map((kind) => (
              <button key={kind} type="button" onClick={() => writeMatters(t(`listen.matters.${kind}`))}>
                {t(`listen.matters.${kind}`)}
              </button>
            ))}
          </div>
        )}
      </div>
    </>
  );
};
