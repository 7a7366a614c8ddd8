import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import {
  Bell,
  BellRing,
  Globe,
  Keyboard,
  Languages,
  LogOut,
  Monitor,
  Moon,
  PenLine,
  Phone,
  Coffee,
  ListStart,
  Sun,
} from 'lucide-react';
import type { Permission } from '#contracts';
import type { CaseDeeds } from '../app/caseDeeds.js';
import { openDialog } from '../app/dialogs.js';
import { useLanguageSwitch } from '../app/languageSwitch.js';
import { useLogOut, useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { useTakeNext } from '../queues/useTakeNext.js';
import { caseCommands } from './caseCommands.js';
import type { Command, Fixed } from './command.js';
import { matches } from './matching.js';
import { PLACES } from './places.js';

const TAKE_NEXT: Fixed = {
  id: 'take-next',
  label: 'palette.take_next',
  words: 'palette.take_next.words',
  Glyph: ListStart,
  hotkey: 't',
};

/** What is written down of what happened outside; about the open case, if there is one. */
const NOTED: (Fixed & { id: 'call' | 'elsewhere'; permission: Permission })[] = [
  {
    id: 'call',
    label: 'call.log',
    words: 'palette.call.words',
    Glyph: Phone,
    hotkey: 'c',
    permission: 'call.log',
  },
  {
    id: 'elsewhere',
    label: 'elsewhere.log',
    words: 'palette.elsewhere.words',
    Glyph: Globe,
    permission: 'elsewhere.log',
  },
];

type SettingId =
  | 'away'
  | 'notifications'
  | 'notification-settings'
  | 'light'
  | 'dark'
  | 'auto'
  | 'language'
  | 'signature'
  | 'keys'
  | 'logout';
const SETTINGS: (Fixed & { id: SettingId })[] = [
  { id: 'away', label: 'palette.away', words: 'palette.away.words', Glyph: Coffee },
  {
    id: 'notifications',
    label: 'notifications.title',
    words: 'palette.notifications.words',
    Glyph: Bell,
    hotkey: 'i',
  },
  {
    id: 'notification-settings',
    label: 'notifications.settings',
    words: 'palette.notification_settings.words',
    Glyph: BellRing,
  },
  { id: 'light', label: 'palette.light', words: 'palette.scheme.words', Glyph: Sun },
  { id: 'dark', label: 'palette.dark', words: 'palette.scheme.words', Glyph: Moon },
  { id: 'auto', label: 'palette.auto', words: 'palette.scheme.words', Glyph: Monitor },
  { id: 'language', label: 'palette.language', words: 'palette.language.words', Glyph: Languages },
  { id: 'signature', label: 'signature.open', words: 'palette.signature.words', Glyph: PenLine },
  { id: 'keys', label: 'app.help', words: 'palette.help.words', Glyph: Keyboard, hotkey: '?' },
  { id: 'logout', label: 'app.logout', words: 'palette.logout.words', Glyph: LogOut },
];

const useSettings = (onKeys: () => void): Record<SettingId, () => void> => {
  const logOut = useLogOut();
  const { setColorScheme } = useMantineColorScheme();
  const { language, change } = useLanguageSwitch();
  return {
    light: () => setColorScheme('light'),
    dark: () => setColorScheme('dark'),
    auto: () => setColorScheme('auto'),
    language: () => void change(language === 'es' ? 'en' : 'es'),
    away: () => openDialog({ name: 'away' }),
    signature: () => openDialog({ name: 'signature' }),
    notifications: () => openDialog({ name: 'notifications' }),
    'notification-settings': () => openDialog({ name: 'notification-settings' }),
    keys: onKeys,
    logout: () => void logOut(),
  };
};

/** Everything the palette can do: verbs on the case first, then places, then settings. */
export const useCommands = (deeds: CaseDeeds | null, onKeys: () => void): Command[] => {
  const may = useMay();
  const navigate = useNavigate();
  const settings = useSettings(onKeys);
  const { takeNext } = useTakeNext();
  return [
    ...caseCommands(deeds, may),
    {
      ...TAKE_NEXT,
      group: 'go',
      reason: may('case.assign') ? null : 'palette.need_permission',
      run: () => void takeNext(),
    },
    ...NOTED.map(({ permission, ...noted }) => ({
      ...noted,
      group: 'go' as const,
      reason: may(permission) ? null : ('palette.need_permission' as const),
      run: () =>
        openDialog({
          name: noted.id,
          caseReference: deeds?.reference,
          ...(noted.id === 'call' && deeds?.phone ? { phone: deeds.phone } : {}),
        }),
    })),
    ...PLACES.map(({ to, search, permission, ...place }) => ({
      ...place,
      group: 'go' as const,
      reason: permission && !may(permission) ? ('palette.need_permission' as const) : null,
      run: () => void navigate({ to, search }),
    })),
    ...SETTINGS.map((setting) => ({
      ...setting,
      group: 'settings' as const,
      reason: null,
      run: () => settings[setting.id](),
    })),
  ];
};

/** What fits what was typed. */
export const useMatching = (commands: Command[], typed: string): Command[] => {
  const { t } = useWords();
  return commands.filter(({ label, words }) => matches(typed, t(label), t(words)));
};
