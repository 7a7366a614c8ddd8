import { useState } from 'react';
import { asTyped, calendarDay } from '../../i18n/moments.js';
import { useWords } from '../../i18n/Words.js';
import { useField } from '../keep/useIntake.js';
import pieces from '../pieces/Pieces.module.css';
import { Seg } from '../pieces/Seg.js';
import { dayTyped, eveningOf, returnAfter, WORKING_DAYS } from './returnChoices.js';
import styles from '../Counter.module.css';

/** By when the phone is to be back: what is likely, another day, or no day yet. */
export const ReturnDay = () => {
  const { t, intl } = useWords();
  const [at, write] = useField('promise.returnAt');
  // The choices stay where they are while somebody looks at them.
  const [now] = useState(() => new Date());
  const today = calendarDay(intl, now);
  // Digit by digit a year is 0002 first: the field keeps what is typed, and what counts is a whole day to come.
  const [typed, setTyped] = useState<string | null>(null);
  const type = (text: string) => {
    setTyped(text);
    const day = dayTyped(text, today);
    if (day) write(eveningOf(intl, day));
    else if (text === '') write(null);
  };
  const choices = WORKING_DAYS.map((days) => returnAfter(intl, now, days));
  const wordsOf = (iso: string) => intl.formatDate(iso, { weekday: 'short', day: 'numeric', month: 'short' });
  return (
    <div className={styles.stack}>
      <Seg
        legend={t('promise.return')}
        value={at === null ? 'none' : choices.find((value) => value === at)}
        choices={[
          ...choices.map((value) => ({ value, words: wordsOf(value) })),
          { value: 'none', words: t('promise.return.none') },
        ]}
        onChange={(value) => write(value === 'none' ? null : value)}
      />
      <label className={pieces.field}>
        <small>{t('promise.return.other')}</small>
        <input
          type="date"
          min={today}
          max="9999-12-31"
          value={typed ?? (at ? asTyped(intl, at).slice(0, 10) : '')}
          onChange={(event) => type(event.currentTarget.value)}
          onBlur={() => setTyped(null)}
        />
      </label>
    </div>
  );
};
