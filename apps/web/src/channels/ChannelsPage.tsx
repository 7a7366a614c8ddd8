import { Link, Outlet } from '@tanstack/react-router';
import type { Permission } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords, type Key } from '../i18n/Words.js';
import styles from './Channels.module.css';

const TABS: {
  to: '/channels' | '/channels/mailboxes' | '/channels/twitter' | '/channels/calls';
  word: Key;
  need: Permission;
}[] = [
  { to: '/channels', word: 'channels.tab.health', need: 'channel.read' },
  { to: '/channels/mailboxes', word: 'channels.tab.mailboxes', need: 'mailbox.manage' },
  { to: '/channels/twitter', word: 'channels.tab.twitter', need: 'channel.manage' },
  { to: '/channels/calls', word: 'channels.tab.calls', need: 'call.import' },
];

/** Everything about the ways in and out: how they are, and what can be set. */
export const ChannelsPage = () => {
  const { t } = useWords();
  const may = useMay();
  const tabs = TABS.filter(({ need }) => may(need));
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1>{t('channels.title')}</h1>
        {tabs.length > 1 ? (
          <nav className={styles.tabs} aria-label={t('channels.tabs')}>
            {tabs.map(({ to, word }) => (
              <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
                {t(word)}
              </Link>
            ))}
          </nav>
        ) : null}
      </header>
      <Outlet />
    </main>
  );
};
