import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords, type Key } from '../i18n/Words.js';
import styles from '../dashboard/Dashboard.module.css';

const PLACES: { to: '/dashboard' | '/analysis' | '/escalations' | '/incidents'; word: Key }[] = [
  { to: '/dashboard', word: 'sup.now' },
  { to: '/analysis', word: 'analysis.title' },
  { to: '/escalations', word: 'escalation.title' },
  { to: '/incidents', word: 'incidents.title' },
];

/** Whether an address is one of supervision. */
export const isSupervision = (path: string): boolean => PLACES.some(({ to }) => path.startsWith(to));

/** Supervision: how it is now, how it went, what climbed, and what is broken for many. */
export const SupervisionHead = ({ children }: { children?: ReactNode }) => {
  const { t } = useWords();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <header className={styles.head}>
      <h1>{t('sup.title')}</h1>
      <nav className={styles.tabs} aria-label={t('sup.tabs')}>
        {PLACES.map(({ to, word }) => (
          <Link key={to} to={to} aria-current={path.startsWith(to) ? 'page' : undefined}>
            {t(word)}
          </Link>
        ))}
      </nav>
      <div className={styles.tools}>{children}</div>
    </header>
  );
};
