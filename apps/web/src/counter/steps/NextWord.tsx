import { useEffect, useEffectEvent } from 'react';
import { useWords } from '../../i18n/Words.js';
import { asTyped, fromTyped, moment } from '../../i18n/moments.js';
import { useField, useKeeper, useValues } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import { Line } from '../pieces/Line.js';
import pieces from '../pieces/Pieces.module.css';
import { Seg } from '../pieces/Seg.js';
import { Waiver } from '../pieces/Waiver.js';
import { updateChoices } from './updateChoices.js';
import styles from '../Counter.module.css';

const WAYS = ['twitter', 'email', 'other_phone', 'visit'] as const;

/** When we write again, and by which way: never by the phone that lies here. */
export const NextWord = ({ asked = true }: { asked?: boolean }) => {
  const { t, intl } = useWords();
  const keeper = useKeeper();
  const { detail } = useWho();
  const values = useValues();
  const [at, writeAt] = useField('promise.nextUpdateAt');
  const [reachBy, writeReach] = useField('promise.reachBy');
  const choices = updateChoices(intl, new Date());
  const open = detail?.threads.filter((thread) => thread.open).map(({ channel }) => channel) ?? [];
  const known = WAYS.find((way) => open.some((channel) => channel === way));

  // What most promise is proposed; one tap changes it.
  const propose = useEffectEvent(() => {
    if (asked && values['promise.nextUpdateAt'] === undefined && choices[0]) writeAt(choices[0]);
    if (known && values['promise.reachBy'] === undefined) writeReach(known);
    if (values['receipt.by'] === undefined)
      keeper.write('receipt.by', known === 'email' || known === 'twitter' ? [known] : ['print']);
  });
  useEffect(() => propose(), [known]);

  return (
    <>
      {asked ? (
        <div className={styles.stack}>
          <Seg
            legend={t('promise.next')}
            value={at && choices.includes(at) ? at : null}
            choices={choices.toSorted().map((value) => ({ value, words: moment(intl, value) }))}
            onChange={writeAt}
          />
          <label className={pieces.field}>
            <small>{t('promise.other')}</small>
            <input
              type="datetime-local"
              value={at ? asTyped(intl, at) : ''}
              onChange={(event) =>
                writeAt(event.currentTarget.value ? fromTyped(intl, event.currentTarget.value) : null)
              }
            />
          </label>
        </div>
      ) : null}
      <Seg
        legend={t('promise.reach')}
        value={reachBy}
        choices={WAYS.map((value) => ({ value, words: t(`promise.reach.${value}`) }))}
        onChange={writeReach}
      />
      {reachBy === 'other_phone' || reachBy === 'email' ? (
        <Line path="promise.reachNote" label={t(`promise.note.${reachBy}`)} maxLength={200} />
      ) : null}
      <Waiver gate="reach" what={t('promise.reach')} reasons={[t('waiver.why.comes_by')]} />
    </>
  );
};
