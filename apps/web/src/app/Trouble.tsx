import { Button } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useLanguage, useWords } from '../i18n/Words.js';
import { failureText } from './failureText.js';
import styles from './states.module.css';

interface Props {
  /** What failed, in words: "The timeline could not be opened…". */
  what: string;
  error: unknown;
  onRetry?: () => void;
}

/** An error where it happened: what failed, why, what to do next, and its code. */
export const Trouble = ({ what, error, onRetry }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { message, code, requestId } = failureText(error, language, t);
  return (
    <div className={styles.trouble} role="alert">
      <CircleAlert size={16} />
      <div className={styles.troubleText}>
        <b>{what}</b> {message}
        <small>{requestId ? t('error.code_request', { code, request: requestId }) : t('error.code', { code })}</small>
      </div>
      {onRetry ? (
        <Button size="xs" onClick={onRetry}>
          {t('error.retry')}
        </Button>
      ) : null}
    </div>
  );
};
