import { useWords } from '../i18n/Words.js';
import { EscalationFeed } from './EscalationFeed.js';
import styles from './Escalations.module.css';

/** The feed by itself. */
export const EscalationsPage = () => {
  const { t } = useWords();
  return (
    <main className={styles.page}>
      <h1>{t('escalation.title')}</h1>
      <EscalationFeed />
    </main>
  );
};
