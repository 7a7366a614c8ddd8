import { Ban } from 'lucide-react';
import { THREAD_REASONS, type Thread } from '#contracts';
import { useLanguage, useWords } from '../i18n/Words.js';
import styles from './Composer.module.css';

interface Props {
  /** The way the customer used last, which is closed now. */
  closed: Thread;
  /** The way the text leaves by instead; null when there is none. */
  instead: Thread | null;
  name: string;
}

/** Said before a word is typed: the usual way is closed, why, and where the text goes now. */
export const ClosedPath = ({ closed, instead, name }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  return (
    <p className={styles.closedPath}>
      <Ban size={14} aria-hidden />
      <span>
        <b>{t('thread.closed', { channel: t(`channel.${closed.channel}.name`) })}</b>{' '}
        {closed.reason ? THREAD_REASONS[closed.reason][language] : null}{' '}
        {instead
          ? t('thread.instead', { channel: t(`channel.${instead.channel}`), address: instead.address })
          : t('thread.no_other', { name })}
      </span>
    </p>
  );
};
