import { Check } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { clock, day, daysBetween, whole } from '../i18n/moments.js';
import { knotsOf } from './stage.rules.js';
import styles from './StageStrip.module.css';

/** Five knots on one thread: how far the case has come, and since when. */
export const StageStrip = ({ detail }: { detail: CaseDetail }) => {
  const { t, intl } = useWords();
  return (
    <ol className={styles.stages} aria-label={t('status.stages')}>
      {knotsOf(detail).map(({ stage, state, at }) => {
        const waiting = state === 'now' && detail.status === 'waiting' && detail.waitReason;
        const today = at !== null && daysBetween(intl, at, new Date()) === 0;
        return (
          <li
            key={stage}
            data-state={state}
            data-waiting={waiting ? true : undefined}
            aria-current={state === 'now' ? 'step' : undefined}
            title={state === 'skipped' ? t('status.skipped') : undefined}
          >
            {state === 'done' ? <Check size={8} className={styles.tick} aria-hidden /> : null}
            <span>{waiting ? t('status.waiting') : t(`status.${stage}`)}</span>
            {state === 'skipped' ? <span className="visually-hidden">{t('status.skipped')}</span> : null}
            <small title={at ? whole(intl, at) : undefined}>
              {waiting && detail.waitReason
                ? t(`wait.${detail.waitReason}`)
                : at
                  ? today
                    ? clock(intl, at)
                    : day(intl, at)
                  : ' '}
            </small>
          </li>
        );
      })}
    </ol>
  );
};
