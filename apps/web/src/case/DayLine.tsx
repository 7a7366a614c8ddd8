import { useWords } from '../i18n/Words.js';
import { daysBetween, sameYear } from '../i18n/moments.js';
import styles from './DayLine.module.css';

/** A day on the thread; says so when what is new begins with it. */
export const DayLine = ({ at, isNew }: { at: string; isNew: boolean }) => {
  const { t, intl } = useWords();
  const date = new Date(at);
  const now = new Date();
  const days = daysBetween(intl, date, now);
  const near = intl.formatDate(date, { weekday: 'long', day: 'numeric' });
  const full = intl.formatDate(date, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear(intl, date, now) ? {} : { year: 'numeric' as const }),
  });
  const words =
    days === 0 ? t('timeline.today', { date: near }) : days === 1 ? t('timeline.yesterday', { date: near }) : full;
  return (
    <li className={styles.day} data-new={isNew || undefined}>
      <time dateTime={at}>{words.charAt(0).toLocaleUpperCase() + words.slice(1)}</time>
      {isNew ? <span className={styles.new}>{t('timeline.new')}</span> : null}
    </li>
  );
};

/** Where the unseen begins within a day. */
export const NewLine = () => {
  const { t } = useWords();
  return (
    <li className={styles.line} data-new>
      {t('timeline.new')}
    </li>
  );
};
