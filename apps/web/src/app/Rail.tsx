import { Menu, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import {
  Building2,
  Ellipsis,
  FileWarning,
  Inbox,
  LayoutDashboard,
  Phone,
  RadioTower,
  Search,
  ShieldAlert,
  Smartphone,
  Store,
  type LucideIcon,
} from 'lucide-react';
import type { Permission } from '#contracts';
import { isSupervision } from '../analysis/SupervisionPage.js';
import { countsQuery, healthQuery } from '../api/queries.js';
import { troublesOf } from '../channels/health.rules.js';
import { useWords, type Key } from '../i18n/Words.js';
import { Bell } from '../notifications/Bell.js';
import { AccountMenu } from './AccountMenu.js';
import { Avatar } from './Avatar.js';
import { Mark } from './glyphs.js';
import { useIsPhone } from './phone.js';
import { useMay, useUser } from './session.js';
import styles from './Rail.module.css';

interface Props {
  onSearch: () => void;
  onCall: () => void;
}

interface PlaceTo {
  to: '/inbox' | '/loaners' | '/handoffs' | '/visit' | '/rejects' | '/channels' | '/break-glass' | '/dashboard';
  word: Key;
  Glyph: LucideIcon;
  /** Null: everybody's. */
  need: Permission | null;
  isHere: (path: string) => boolean;
}

const under =
  (...begins: string[]) =>
  (path: string): boolean =>
    begins.some((begin) => path.startsWith(begin));

/** In their order. On a phone the first two somebody may go to stand at the foot; the rest is behind "more". */
const PLACES: PlaceTo[] = [
  { to: '/inbox', word: 'app.inbox', Glyph: Inbox, need: null, isHere: under('/inbox', '/cases') },
  { to: '/dashboard', word: 'sup.title', Glyph: LayoutDashboard, need: 'supervise', isHere: isSupervision },
  { to: '/visit', word: 'app.visit', Glyph: Store, need: 'visit.log', isHere: under('/visit') },
  { to: '/loaners', word: 'loaners.title', Glyph: Smartphone, need: 'loaner.read', isHere: under('/loaners') },
  { to: '/handoffs', word: 'handoffs.title', Glyph: Building2, need: 'handoff.work', isHere: under('/handoffs') },
  { to: '/break-glass', word: 'glass.list', Glyph: ShieldAlert, need: 'glass.review', isHere: under('/break-glass') },
  { to: '/rejects', word: 'app.rejects', Glyph: FileWarning, need: 'reject.read', isHere: under('/rejects') },
  { to: '/channels', word: 'channels.title', Glyph: RadioTower, need: 'reject.read', isHere: under('/channels') },
];
const AT_HAND = 2;

interface Waits {
  count: number;
  isTrouble: boolean;
  /** Said with the name of the place. */
  words: string | null;
}

/** What waits at a place: cases that are mine, channels in trouble. */
const useMarks = (): Partial<Record<PlaceTo['to'], Waits>> => {
  const { t } = useWords();
  const mine = useQuery(countsQuery).data?.counts.find(({ view }) => view === 'mine')?.count ?? 0;
  const health = useQuery({ ...healthQuery, enabled: useMay()('reject.read') }).data;
  const count = health ? troublesOf(health).length : 0;
  return {
    ...(mine > 0 ? { '/inbox': { count: mine, isTrouble: false, words: null } } : {}),
    ...(count > 0 ? { '/channels': { count, isTrouble: true, words: t('channels.troubled', { count }) } } : {}),
  };
};

const Badge = ({ mark }: { mark: Waits | undefined }) => {
  const { intl } = useWords();
  if (!mark) return null;
  return <em data-trouble={mark.isTrouble || undefined}>{mark.count > 99 ? '99+' : intl.formatNumber(mark.count)}</em>;
};

const Place = ({ place, path, mark }: { place: PlaceTo; path: string; mark: Waits | undefined }) => {
  const { t } = useWords();
  const { to, word, Glyph, isHere } = place;
  const label = mark?.words ? `${t(word)}: ${mark.words}` : t(word);
  return (
    <Tooltip label={label} position="right">
      <Link
        to={to}
        className={styles.place}
        data-here={isHere(path) || undefined}
        aria-current={isHere(path) ? 'page' : undefined}
        aria-label={label}
      >
        <Glyph size={20} />
        <Badge mark={mark} />
      </Link>
    </Tooltip>
  );
};

const Deed = ({ label, Glyph, onDo }: { label: string; Glyph: LucideIcon; onDo: () => void }) => (
  <Tooltip label={label} position="right">
    <button type="button" className={styles.place} onClick={onDo} aria-label={label}>
      <Glyph size={20} />
    </button>
  </Tooltip>
);

/** What a phone has no room for, and what is one's own. */
const More = ({ places, onCall }: { places: PlaceTo[]; onCall: (() => void) | null }) => {
  const { t, intl } = useWords();
  const navigate = useNavigate();
  const marks = useMarks();
  const trouble = places.map(({ to }) => marks[to]).find((mark) => mark?.isTrouble);
  return (
    <Menu position="top-end" width={260}>
      <Menu.Target>
        <button type="button" className={styles.place} aria-label={t('app.more')}>
          <Ellipsis size={20} />
          <Badge mark={trouble} />
        </button>
      </Menu.Target>
      <AccountMenu>
        {places.map(({ to, word, Glyph }) => (
          <Menu.Item
            key={to}
            leftSection={<Glyph size={16} />}
            rightSection={marks[to] ? <small>{intl.formatNumber(marks[to].count)}</small> : null}
            onClick={() => void navigate({ to })}
          >
            {t(word)}
          </Menu.Item>
        ))}
        {onCall ? (
          <Menu.Item leftSection={<Phone size={16} />} onClick={onCall}>
            {t('call.log')}
          </Menu.Item>
        ) : null}
        <Menu.Divider />
      </AccountMenu>
    </Menu>
  );
};

/** The places of the house on the left; on a phone at the foot of the screen, where inside a case there is room for none. */
export const Rail = ({ onSearch, onCall }: Props) => {
  const { t } = useWords();
  const user = useUser();
  const may = useMay();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const isPhone = useIsPhone();
  const marks = useMarks();
  const places = PLACES.filter(({ need }) => need === null || may(need));
  const call = may('call.log') ? onCall : null;
  if (isPhone && path.startsWith('/cases/')) return null;
  return (
    <nav className={styles.rail} aria-label={t('app.nav')}>
      <Link to="/" className={styles.mark} aria-label={t('app.name')}>
        <Mark size={26} />
      </Link>
      {(isPhone ? places.slice(0, AT_HAND) : places).map((place) => (
        <Place key={place.to} place={place} path={path} mark={marks[place.to]} />
      ))}
      {call && !isPhone ? <Deed label={t('call.log')} Glyph={Phone} onDo={call} /> : null}
      <span className={styles.space} />
      <Deed label={t('app.search')} Glyph={Search} onDo={onSearch} />
      <Bell className={styles.place ?? ''} />
      {isPhone ? (
        <More places={places.slice(AT_HAND)} onCall={call} />
      ) : (
        <Menu position="right-end" width={240}>
          <Menu.Target>
            <button type="button" className={styles.place} aria-label={t('app.account', { name: user.displayName })}>
              <Avatar name={user.displayName} size={28} />
            </button>
          </Menu.Target>
          <AccountMenu />
        </Menu>
      )}
    </nav>
  );
};
