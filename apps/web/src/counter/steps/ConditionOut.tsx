import { CircleCheck, PenLine } from 'lucide-react';
import { useState } from 'react';
import type { Condition } from '#contracts';
import { useWords } from '../../i18n/Words.js';
import { useField, useGates } from '../keep/useIntake.js';
import { NO_CONDITION } from '../pieces/marks.rules.js';
import pieces from '../pieces/Pieces.module.css';
import { Silhouette } from '../pieces/Silhouette.js';
import styles from '../Counter.module.css';

const AS_NEW: Condition = { ...NO_CONDITION, powersOn: 'yes', screen: 'whole' };

interface Props {
  /** What the shelf says of it already. */
  note: string | null;
  onNext: () => void;
}

/** How the phone that is lent leaves the shop: one tap where it is as new, its marks where there are some. */
export const ConditionOut = ({ note, onNext }: Props) => {
  const { t } = useWords();
  const [kept, write] = useField('keep.conditionOut');
  const condition = kept ?? undefined;
  const others = useGates().filter(({ code, step }) => step === 'keep' && code !== 'loaner_out').length;
  const hasMarks = condition !== undefined && (condition.marks.length > 0 || condition.note !== '');
  const [marking, setMarking] = useState(hasMarks);
  const held = condition ?? { ...AS_NEW, note: note ?? '' };
  const asNew = () => {
    const first = condition === undefined;
    setMarking(false);
    write(AS_NEW);
    // It was the last thing to be said of it: it leaves.
    if (first && others === 0) onNext();
  };
  const marked = () => {
    setMarking(true);
    write(hasMarks ? held : { ...AS_NEW, note: note ?? '' });
  };
  return (
    <section className={styles.stack} aria-label={t('keep.condition')}>
      <h2 className={styles.sub}>{t('keep.condition')}</h2>
      {note ? <p className={styles.lead}>{t('keep.condition.known', { note })}</p> : null}
      <div className={styles.deeds}>
        <button
          type="button"
          className={styles.secondary}
          aria-pressed={condition !== undefined && !marking && !hasMarks}
          onClick={asNew}
        >
          <CircleCheck size={20} aria-hidden /> {t('keep.condition.as_new')}
        </button>
        <button type="button" className={styles.secondary} aria-pressed={marking || hasMarks} onClick={marked}>
          <PenLine size={20} aria-hidden /> {t('keep.condition.marked')}
        </button>
      </div>
      {marking || hasMarks ? (
        <>
          <Silhouette marks={held.marks} onChange={(marks) => write({ ...held, marks })} />
          <label className={pieces.field}>
            <span className={pieces.label}>{t('keep.condition.note')}</span>
            <input
              value={held.note}
              maxLength={1000}
              autoComplete="off"
              onChange={(event) => write({ ...held, note: event.currentTarget.value })}
            />
          </label>
        </>
      ) : null}
    </section>
  );
};
