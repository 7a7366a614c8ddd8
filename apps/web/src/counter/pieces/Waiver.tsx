import { Slash } from 'lucide-react';
import { useState } from 'react';
import type { IntakeValues } from '#contracts';
import { useWords } from '../../i18n/Words.js';
import { useField, useGates } from '../keep/useIntake.js';
import styles from './Pieces.module.css';

export type WaivedGate = keyof NonNullable<IntakeValues['waivers']>;

interface Props {
  gate: WaivedGate;
  /** What it is that is not done. */
  what: string;
  /** Reasons people have; one tap each. */
  reasons: readonly string[];
}

/** What is not done, and why. Nothing is passed over without a reason. */
export const Waiver = ({ gate, what, reasons }: Props) => {
  const { t } = useWords();
  const [waivers, write] = useField('waivers');
  const open = useGates().some(({ code }) => code === gate);
  const [asked, setAsked] = useState(false);
  const reason = waivers?.[gate];
  const say = (text: string) => write({ ...waivers, [gate]: text });
  const takeBack = () => {
    write(Object.fromEntries(Object.entries(waivers ?? {}).filter(([key]) => key !== gate)));
    setAsked(false);
  };
  if (reason === undefined && !asked)
    return open ? (
      <button type="button" className={styles.waive} onClick={() => setAsked(true)}>
        <Slash size={16} aria-hidden /> {t('waiver.ask', { what })}
      </button>
    ) : null;
  return (
    <div className={styles.waiver}>
      <label>
        <span>{t('waiver.reason', { what })}</span>
        <input
          value={reason ?? ''}
          maxLength={300}
          autoFocus={reason === undefined}
          onChange={(event) => say(event.currentTarget.value)}
        />
      </label>
      <div className={styles.reasons}>
        {reason
          ? null
          : reasons.map((text) => (
              <button key={text} type="button" onClick={() => say(text)}>
                {text}
              </button>
            ))}
        <button type="button" data-quiet onClick={takeBack}>
          {t('waiver.take_back')}
        </button>
      </div>
    </div>
  );
};
