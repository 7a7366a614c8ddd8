import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHead, Tabs } from '../app/Page.js';
import styles from '../app/page.module.css';
import { useMay } from '../app/session.js';
import { useWords, type Key } from '../i18n/Words.js';

const PLACES: { to: '/dashboard' | '/analysis' | '/escalations' | '/incidents'; word: Key }[] = [
  { to: '/dashboard', word: 'sup.now' },
  { to: '/analysis', word: 'analysis.title' },
  { to: '/escalations', word: 'escalation.title' },
  { to: '/incidents', word: 'incidents.title' },
];

/** Whether an address is one of supervision. */
export const isSupervision = (path: string): boolean => PLACES.some(({ to }) => path.startsWith(to));

interface Props {
  /** What it is called to those who see no more of supervision than this. */
  title?: string;
  tools?: ReactNode;
  children: ReactNode;
}

/** Supervision: how it is now, how it went, what climbed, and what is broken for many. */
export const SupervisionPage = ({ title, tools, children }: Props) => {
  const { t } = useWords();
  const supervises = useMay()('supervise');
  const path = useRouterState({ select: (state) => state.location.pathname });
  const tabs = (
    <Tabs label={t('sup.tabs')}>
      {PLACES.map(({ to, word }) => (
        <Link key={to} to={to} aria-current={path.startsWith(to) ? 'page' : undefined}>
          {t(word)}
        </Link>
      ))}
    </Tabs>
  );
  return (
    <main className={styles.page} data-wide>
      <PageHead
        title={supervises ? t('sup.title') : (title ?? t('sup.title'))}
        beside={supervises ? tabs : null}
        tools={tools}
      />
      {children}
    </main>
  );
};
