import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useEffectEvent, useState } from 'react';
import { useDoorbell } from '../live/connection.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { Zone } from '../i18n/Zone.js';
import { commandKey, useKeys } from './keys.js';
import { NoticeBar } from './NoticeBar.js';
import { OfflineBar } from './OfflineBar.js';
import { Rail } from './Rail.js';
import { useTimeZone, useUser } from './session.js';
import styles from './Inside.module.css';

const Palette = lazy(() => import('../palette/Palette.js'));
const KeyHelp = lazy(() => import('../palette/KeyHelp.js'));

type Overlay = 'palette' | 'keys' | null;

/** The language belongs to the person: what they chose on another machine holds here too. */
const usePersonsLanguage = (): void => {
  const { language: theirs } = useUser();
  const { language, choose } = useLanguage();
  const follow = useEffectEvent(() => {
    if (theirs !== language) void choose(theirs);
  });
  useEffect(() => follow(), [theirs]);
};

/** Everything behind the login, by the clock of the workspace. */
export const Inside = () => (
  <Zone timeZone={useTimeZone()}>
    <House />
  </Zone>
);

/** The rail, the screen, the palette, and the doorbell that keeps it fresh. */
const House = () => {
  const { t } = useWords();
  const { lostAt } = useDoorbell();
  usePersonsLanguage();
  const [overlay, setOverlay] = useState<Overlay>(null);
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const close = useCallback(() => setOverlay(null), []);

  useKeys({
    '?': () => setOverlay('keys'),
    v: () => void navigate({ to: '/visit' }),
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const command = commandKey() === '⌘' ? event.metaKey : event.ctrlKey;
      if (!command || event.altKey || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setOverlay((open) => (open === 'palette' ? null : 'palette'));
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  const atCounter = path.startsWith('/visit');
  return (
    <div
      className={styles.app}
      data-counter={atCounter || undefined}
      data-case={path.startsWith('/cases/') || undefined}
    >
      <a className={styles.skip} href="#screen">
        {t('app.skip')}
      </a>
      {atCounter ? null : <Rail onSearch={() => setOverlay('palette')} onKeys={() => setOverlay('keys')} />}
      <div className={styles.screen} id="screen" tabIndex={-1}>
        <OfflineBar lostAt={lostAt} />
        <Outlet />
      </div>
      <NoticeBar />
      <Suspense fallback={null}>
        {overlay === 'palette' ? <Palette onClose={close} onKeys={() => setOverlay('keys')} /> : null}
        {overlay === 'keys' ? <KeyHelp onClose={close} /> : null}
      </Suspense>
    </div>
  );
};
