import type { IntakePath } from '#contracts';
import { clock } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { useKeeper, useSnapshot } from './keep/useIntake.js';
import { stepOfPath } from './steps.rules.js';
import { useFieldWords } from './useFieldWords.js';
import styles from './Counter.module.css';

/** It was finished on another tablet while something was written on this one: here it is, to be put on the case by hand. */
export const Leftover = () => {
  const { t } = useWords();
  const keeper = useKeeper();
  const words = useFieldWords();
  const { intake, state, outcome } = useSnapshot(keeper);
  const unsaved = Object.entries(intake?.kept.unsaved ?? {});
  if (state === 'open' || unsaved.length === 0) return null;
  return (
    <section className={styles.clash} aria-label={t('leftover.title')}>
      <b>{t('leftover.title')}</b>
      <ul>
        {unsaved.map(([path, { value }]) => (
          <li key={path}>
            {t(`counter.step.${stepOfPath(path)}`)}: {words(path, value)}
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => void keeper.over(outcome, state)}>
        {t('leftover.seen')}
      </button>
    </section>
  );
};

/** Two tablets wrote the same field: both values, whose they are, and a choice. Nothing is thrown away before it. */
export const Clashes = () => {
  const { t, intl } = useWords();
  const keeper = useKeeper();
  const words = useFieldWords();
  const { intake } = useSnapshot(keeper);
  const clashes = Object.entries(intake?.kept.clashes ?? {});
  return (
    <div role="status" className={styles.clashes}>
      {clashes.map(([path, { theirs, who, at }]) => (
        <section key={path} className={styles.clash} aria-label={t('clash.title')}>
          <b>{t('clash.of', { field: t(`counter.step.${stepOfPath(path)}`) })}</b>
          <dl>
            <div>
              <dt>{t('clash.theirs', { who, time: clock(intl, at) })}</dt>
              <dd>
                {words(path, theirs)}
                <button type="button" onClick={() => keeper.decide(path as IntakePath, 'theirs')}>
                  {t('clash.take_theirs')}
                </button>
              </dd>
            </div>
            <div>
              <dt>{t('clash.mine')}</dt>
              <dd>
                {words(path, keeper.value(path as IntakePath))}
                <button type="button" onClick={() => keeper.decide(path as IntakePath, 'mine')}>
                  {t('clash.keep_mine')}
                </button>
              </dd>
            </div>
          </dl>
        </section>
      ))}
    </div>
  );
};
