import { SupervisionHead } from '../analysis/SupervisionHead.js';
import { useMay } from '../app/session.js';
import page from '../dashboard/Dashboard.module.css';
import { useWords } from '../i18n/Words.js';
import { EscalationFeed } from './EscalationFeed.js';
import styles from './Escalations.module.css';

/** The feed by itself. */
export const EscalationsPage = () => {
  const { t } = useWords();
  const supervises = useMay()('supervise');
  return (
    <main className={page.page}>
      {supervises ? (
        <SupervisionHead />
      ) : (
        <header className={page.head}>
          <h1>{t('escalation.title')}</h1>
        </header>
      )}
      <div className={styles.alone}>
        <EscalationFeed />
      </div>
    </main>
  );
};
