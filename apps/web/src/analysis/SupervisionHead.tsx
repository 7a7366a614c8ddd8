import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/Words.js';
import styles from '../dashboard/Dashboard.module.css';

/** Supervision: how it is now, and how it went. */
export const SupervisionHead = ({ children }: { children?: ReactNode }) => {
  const { t } = useWords();
  return (
    <header className={styles.head}>
      <h1>{t('sup.title')}</h1>
      <nav className={styles.tabs} aria-label={t('sup.tabs')}>
        <Link to="/dashboard">{t('sup.now')}</Link>
        <Link to="/analysis" aria-current="page">
          {t('analysis.title')}
        </Link>
      </nav>
      <div className={styles.tools}>{children}</div>
    </header>
  );
};
