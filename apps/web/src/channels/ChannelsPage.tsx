import { Link, Outlet } from '@tanstack/react-router';
import type { Permission } from '#contracts';
import { Page, Tabs } from '../app/Page.js';
import { useMay } from '../app/session.js';
import { useWords, type Key } from '../i18n/Words.js';

const TABS: {
  to: '/channels' | '/channels/mailboxes' | '/channels/twitter' | '/channels/calls' | '/channels/webhooks';
  word: Key;
  need: Permission;
}[] = [
  { to: '/channels', word: 'channels.tab.health', need: 'channel.read' },
  { to: '/channels/mailboxes', word: 'channels.tab.mailboxes', need: 'mailbox.manage' },
  { to: '/channels/twitter', word: 'channels.tab.twitter', need: 'channel.manage' },
  { to: '/channels/calls', word: 'channels.tab.calls', need: 'call.import' },
  { to: '/channels/webhooks', word: 'channels.tab.webhooks', need: 'webhook.manage' },
];

/** Everything about the ways in and out: how they are, and what can be set. */
export const ChannelsPage = () => {
  const { t } = useWords();
  const may = useMay();
  const tabs = TABS.filter(({ need }) => may(need));
  return (
    <Page
      title={t('channels.title')}
      beside={
        tabs.length > 1 ? (
          <Tabs label={t('channels.tabs')}>
            {tabs.map(({ to, word }) => (
              <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
                {t(word)}
              </Link>
            ))}
          </Tabs>
        ) : null
      }
    >
      <Outlet />
    </Page>
  );
};
