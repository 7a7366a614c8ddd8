import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  BellRing,
  CalendarDays,
  ChevronsUp,
  Handshake,
  Keyboard,
  ListTree,
  LogOut,
  Monitor,
  Moon,
  PenLine,
  Phone,
  Smartphone,
  Sun,
  Timer,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { ownSettingsQuery } from '../api/queries.js';
import { openDialog } from './dialogs.js';
import { LANGUAGE_NAMES, useLanguageSwitch } from './languageSwitch.js';
import { useWords, type Key } from '../i18n/Words.js';
import { AwayItem } from '../queues/AwayItem.js';
import { ShiftItem } from '../ownership/ShiftItem.js';
import styles from './Rail.module.css';
import { useLogOut, useMay, useUser } from './session.js';

const SCHEMES: { scheme: MantineColorScheme; word: Key; Glyph: typeof Sun }[] = [
  { scheme: 'light', word: 'app.scheme.light', Glyph: Sun },
  { scheme: 'dark', word: 'app.scheme.dark', Glyph: Moon },
  { scheme: 'auto', word: 'app.scheme.auto', Glyph: Monitor },
];

/** Language, appearance, keys and the way out; before them what else there is to go to. */
export const AccountMenu = ({ children }: { children?: ReactNode }) => {
  const { t } = useWords();
  const user = useUser();
  const may = useMay();
  const own = useQuery(ownSettingsQuery);
  const logOut = useLogOut();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, change } = useLanguageSwitch();
  return (
    <Menu.Dropdown className={styles.menu}>
      {children}
      <Menu.Label>
        {user.displayName} · {t(`role.${user.role}`)}
      </Menu.Label>
      <Menu.Divider />
      <Menu.Label>{t('app.language')}</Menu.Label>
      <Menu.RadioGroup value={language} onChange={(choice) => void change(choice === 'en' ? 'en' : 'es')}>
        {(['es', 'en'] as const).map((choice) => (
          <Menu.RadioItem key={choice} value={choice} lang={choice} closeMenuOnClick>
            {LANGUAGE_NAMES[choice]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Label>{t('app.scheme')}</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(choice) => setColorScheme(SCHEMES.find(({ scheme }) => scheme === choice)?.scheme ?? 'auto')}
      >
        {SCHEMES.map(({ scheme, word, Glyph }) => (
          <Menu.RadioItem key={scheme} value={scheme} rightSection={<Glyph size={16} />} closeMenuOnClick>
            {t(word)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <ShiftItem />
      <AwayItem />
      <Menu.Item leftSection={<PenLine size={16} />} onClick={() => openDialog({ name: 'signature' })}>
        {t('signature.open')}
      </Menu.Item>
      {may('call.log') ? (
        <Menu.Item
          leftSection={<Phone size={16} />}
          rightSection={<small>{own.data ? (own.data.extension ?? t('extension.none')) : null}</small>}
          onClick={() => openDialog({ name: 'signature' })}
        >
          {t('extension.open')}
        </Menu.Item>
      ) : null}
      <Menu.Item leftSection={<BellRing size={16} />} onClick={() => openDialog({ name: 'notification-settings' })}>
        {t('notifications.settings')}
      </Menu.Item>
      {may('sla.read') || may('calendar.read') || may('queue.manage') ? (
        <>
          <Menu.Divider />
          <Menu.Label>{t('palette.settings')}</Menu.Label>
        </>
      ) : null}
      {may('sla.read') ? (
        <>
          <Menu.Item leftSection={<Timer size={16} />} onClick={() => void navigate({ to: '/policies' })}>
            {t('policies.title')}
          </Menu.Item>
          <Menu.Item leftSection={<ChevronsUp size={16} />} onClick={() => void navigate({ to: '/ladders' })}>
            {t('ladder.title')}
          </Menu.Item>
        </>
      ) : null}
      {may('calendar.read') ? (
        <Menu.Item leftSection={<CalendarDays size={16} />} onClick={() => void navigate({ to: '/calendars' })}>
          {t('calendars.title')}
        </Menu.Item>
      ) : null}
      {may('handoff.manage') ? (
        <Menu.Item leftSection={<Handshake size={16} />} onClick={() => void navigate({ to: '/partners' })}>
          {t('partner.title')}
        </Menu.Item>
      ) : null}
      {may('device.manage') ? (
        <Menu.Item leftSection={<Smartphone size={16} />} onClick={() => void navigate({ to: '/phones' })}>
          {t('phones.title')}
        </Menu.Item>
      ) : null}
      {may('queue.manage') ? (
        <Menu.Item leftSection={<ListTree size={16} />} onClick={() => void navigate({ to: '/queues' })}>
          {t('queues.title')}
        </Menu.Item>
      ) : null}
      <Menu.Divider />
      <Menu.Item
        leftSection={<Keyboard size={16} />}
        rightSection={<kbd>?</kbd>}
        onClick={() => openDialog({ name: 'keys' })}
      >
        {t('app.help')}
      </Menu.Item>
      <Menu.Item leftSection={<LogOut size={16} />} onClick={() => void logOut()}>
        {t('app.logout')}
      </Menu.Item>
    </Menu.Dropdown>
  );
};
