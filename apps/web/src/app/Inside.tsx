import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useEffectEvent } from 'react';
import { Ringing } from '../calls/Ringing.js';
import { ChannelBanner } from '../channels/ChannelBanner.js';
import { useTakeNext } from '../queues/useTakeNext.js';
import { IncidentBanner } from '../incident/IncidentBanner.js';
import { useDoorbell } from '../live/connection.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { Zone } from '../i18n/Zone.js';
import { useDesktop } from '../notifications/useDesktop.js';
import { deedsOffered } from './caseDeeds.js';
import { useScanner } from '../tracking/useScanner.js';
import { closeDialog, dialogOpen, openDialog, useDialog } from './dialogs.js';
import { commandKey, useKeys } from './keys.js';
import { NoticeBar } from './NoticeBar.js';
import { OfflineBar } from './OfflineBar.js';
import { Rail } from './Rail.js';
import { useMay, useTimeZone, useUser } from './session.js';
import styles from './Inside.module.css';

const Palette = lazy(() => import('../palette/Palette.js'));
const KeyHelp = lazy(() => import('../palette/KeyHelp.js'));
const CallDialog = lazy(() => import('../calls/CallDialog.js'));
const ElsewhereDialog = lazy(() => import('../calls/ElsewhereDialog.js'));
const NotificationSettings = lazy(() => import('../notifications/NotificationSettings.js'));
const AwayDialog = lazy(() => import('../queues/AwayDialog.js'));
const ReturnedDialog = lazy(() => import('../queues/ReturnedDialog.js'));
const SignatureDialog = lazy(() => import('./SignatureDialog.js'));

const showKeys = (): void => openDialog({ name: 'keys' });

/** A call about the case on the screen, if there is one. */
const logCall = (): void => {
  const deeds = deedsOffered();
  openDialog({ name: 'call', ...(deeds ? { caseReference: deeds.reference, phone: deeds.phone ?? undefined } : {}) });
};

/** The dialog that is open, loaded when first opened. */
const Dialogs = () => {
  const dialog = useDialog();
  return (
    <Suspense fallback={null}>
      {dialog?.name === 'palette' ? <Palette onClose={closeDialog} onKeys={showKeys} /> : null}
      {dialog?.name === 'keys' ? <KeyHelp onClose={closeDialog} /> : null}
      {dialog?.name === 'call' ? (
        <CallDialog phone={dialog.phone} caseReference={dialog.caseReference} onClose={closeDialog} />
      ) : null}
      {dialog?.name === 'elsewhere' ? (
        <ElsewhereDialog caseReference={dialog.caseReference} onClose={closeDialog} />
      ) : null}
      {dialog?.name === 'notification-settings' ? <NotificationSettings onClose={closeDialog} /> : null}
      {dialog?.name === 'away' ? <AwayDialog onClose={closeDialog} /> : null}
      {dialog?.name === 'returned' ? <ReturnedDialog onClose={closeDialog} /> : null}
      {dialog?.name === 'signature' ? <SignatureDialog onClose={closeDialog} /> : null}
    </Suspense>
  );
};

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
  useScanner();
  useDesktop();
  const may = useMay();
  const navigate = useNavigate();
  const { takeNext } = useTakeNext();
  const path = useRouterState({ select: (state) => state.location.pathname });

  useKeys({
    '?': showKeys,
    ...(path.startsWith('/visit') ? {} : { i: () => openDialog({ name: 'notifications' }) }),
    v: () => void navigate({ to: '/visit' }),
    ...(may('case.assign') ? { t: () => void takeNext() } : {}),
    ...(may('call.log') ? { c: logCall } : {}),
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const command = commandKey() === '⌘' ? event.metaKey : event.ctrlKey;
      if (!command || event.altKey || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      openDialog(dialogOpen()?.name === 'palette' ? null : { name: 'palette' });
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
      {atCounter ? null : <Rail onSearch={() => openDialog({ name: 'palette' })} onCall={logCall} />}
      <div className={styles.screen} id="screen" tabIndex={-1}>
        <OfflineBar lostAt={lostAt} />
        <ChannelBanner />
        <IncidentBanner />
        <Outlet />
      </div>
      <NoticeBar />
      <Ringing />
      <Dialogs />
    </div>
  );
};
