import { Menu, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { FileWarning, Inbox, LayoutDashboard, Phone, RadioTower, Search, ShieldAlert, Store } from 'lucide-react';
import type { ReactNode } from 'react';
import { isSupervision } from '../analysis/SupervisionHead.js';
import { countsQuery, healthQuery } from '../api/queries.js';
import { troublesOf } from '../channels/health.rules.js';
import { useWords } from '../i18n/Words.js';
import { Bell } from '../notifications/Bell.js';
import { AccountMenu } from './AccountMenu.js';
import { Avatar } from './Avatar.js';
import { Mark } from './glyphs.js';
import { useMay, useUser } from './session.js';
import styles from './Rail.module.css';

interface Props {
  onSearch: () => void;
  onCall: () => void;
}

interface PlaceProps {
  to: '/inbox' | '/visit' | '/rejects' | '/channels' | '/break-glass' | '/dashboard';
  here?: boolean;
  label: string;
  children: ReactNode;
}

const Place = ({ to, here, label, children }: PlaceProps) => (
  <Tooltip label={label} position="right">
    <Link
      to={to}
      className={styles.place}
      data-here={here || undefined}
      aria-current={here ? 'page' : undefined}
      aria-label={label}
    >
      {children}
      <span className={styles.word} aria-hidden>
        {label}
      </span>
    </Link>
  </Tooltip>
);

/** The channels, with a mark while one is in trouble. */
const ChannelsPlace = ({ here }: { here: boolean }) => {
  const { t } = useWords();
  const health = useQuery(healthQuery).data;
  const count = health ? troublesOf(health).length : 0;
  const label = count > 0 ? `${t('channels.title')}: ${t('channels.troubled', { count })}` : t('channels.title');
  return (
    <Place to="/channels" here={here} label={label}>
      <RadioTower size={20} />
      {count > 0 ? <em data-trouble>{count}</em> : null}
    </Place>
  );
};

/** The places of the house on the left; at the foot of the screen on a phone. */
export const Rail = ({ onSearch, onCall }: Props) => {
  const { t, intl } = useWords();
  const user = useUser();
  const may = useMay();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const mine = useQuery(countsQuery).data?.counts.find(({ view }) => view === 'mine');
  return (
    <nav className={styles.rail} aria-label={t('app.nav')}>
      <Link to="/inbox" className={styles.mark} aria-label={t('app.name')}>
        <Mark size={26} />
      </Link>
      <Place to="/inbox" here={path.startsWith('/inbox') || path.startsWith('/cases')} label={t('app.inbox')}>
        <Inbox size={20} />
        {mine && mine.count > 0 ? <em>{mine.count > 99 ? '99+' : intl.formatNumber(mine.count)}</em> : null}
      </Place>
      {may('visit.log') ? (
        <Place to="/visit" label={t('app.visit')}>
          <Store size={20} />
        </Place>
      ) : null}
      {may('call.log') ? (
        <Tooltip label={t('call.log')} position="right">
          <button type="button" className={styles.place} onClick={onCall} aria-label={t('call.log')}>
            <Phone size={20} />
            <span className={styles.word} aria-hidden>
              {t('call.log')}
            </span>
          </button>
        </Tooltip>
      ) : null}
      {may('supervise') ? (
        <Place to="/dashboard" here={isSupervision(path)} label={t('sup.title')}>
          <LayoutDashboard size={20} />
        </Place>
      ) : null}
      {may('glass.review') ? (
        <Place to="/break-glass" here={path.startsWith('/break-glass')} label={t('glass.list')}>
          <ShieldAlert size={20} />
        </Place>
      ) : null}
      {may('reject.read') ? (
        <Place to="/rejects" here={path.startsWith('/rejects')} label={t('app.rejects')}>
          <FileWarning size={20} />
        </Place>
      ) : null}
      {may('reject.read') ? <ChannelsPlace here={path.startsWith('/channels')} /> : null}
      <span className={styles.space} />
      <Tooltip label={t('app.search')} position="right">
        <button type="button" className={styles.place} onClick={onSearch} aria-label={t('app.search')}>
          <Search size={20} />
          <span className={styles.word} aria-hidden>
            {t('app.search')}
          </span>
        </button>
      </Tooltip>
      <Bell className={styles.place ?? ''} wordClass={styles.word ?? ''} />
      <Menu position="right-end" width={240}>
        <Menu.Target>
          <button type="button" className={styles.place} aria-label={t('app.account', { name: user.displayName })}>
            <Avatar name={user.displayName} size={28} />
          </button>
        </Menu.Target>
        <AccountMenu />
      </Menu>
    </nav>
  );
};
