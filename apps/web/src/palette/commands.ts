import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import {
  Bell,
  BellRing,
  CalendarDays,
  ChartLine,
  ChevronsUp,
  FileUp,
  FileWarning,
  Globe,
  Inbox,
  Keyboard,
  Languages,
  LayoutDashboard,
  LogOut,
  Monitor,
  Moon,
  PenLine,
  Phone,
  Coffee,
  ListStart,
  ListTree,
  RadioTower,
  Siren,
  Store,
  Sun,
  Timer,
  Users,
} from 'lucide-react';
import type { Permission } from '#contracts';
import type { CaseDeeds } from '../app/caseDeeds.js';
import { openDialog } from '../app/dialogs.js';
import { useLanguageSwitch } from '../app/languageSwitch.js';
import { useLogOut, useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { useTakeNext } from '../queues/useTakeNext.js';
import { caseCommands } from './caseCommands.js';
import type { Command } from './command.js';
import { matches } from './matching.js';

type Fixed = Pick<Command, 'id' | 'label' | 'words' | 'Glyph' | 'hotkey'>;

interface PlaceTo extends Fixed {
  to:
    | '/inbox'
    | '/visit'
    | '/rejects'
    | '/channels'
    | '/imports'
    | '/incidents'
    | '/queues'
    | '/dashboard'
    | '/analysis'
    | '/escalations'
    | '/policies'
    | '/ladders'
    | '/calendars';
  search?: { show: 'suggestions' };
  permission: Permission | null;
}

const PLACES: PlaceTo[] = [
  {
    id: 'visit',
    label: 'palette.visit',
    words: 'palette.visit.words',
    Glyph: Store,
    hotkey: 'v',
    to: '/visit',
    permission: 'visit.log',
  },
  { id: 'inbox', label: 'app.inbox', words: 'palette.inbox.words', Glyph: Inbox, to: '/inbox', permission: null },
  {
    id: 'rejects',
    label: 'palette.rejects',
    words: 'palette.rejects.words',
    Glyph: FileWarning,
    to: '/rejects',
    permission: 'reject.read',
  },
  {
    id: 'suggestions',
    label: 'palette.suggestions',
    words: 'palette.suggestions.words',
    Glyph: Users,
    to: '/rejects',
    search: { show: 'suggestions' },
    permission: 'customer.merge',
  },
  {
    id: 'channels',
    label: 'channels.title',
    words: 'palette.channels.words',
    Glyph: RadioTower,
    to: '/channels',
    permission: 'channel.read',
  },
  {
    id: 'incidents',
    label: 'incidents.title',
    words: 'palette.incidents.words',
    Glyph: Siren,
    to: '/incidents',
    permission: 'case.read_all',
  },
  {
    id: 'imports',
    label: 'imports.title',
    words: 'palette.imports.words',
    Glyph: FileUp,
    to: '/imports',
    permission: 'customer.import',
  },
  {
    id: 'queues',
    label: 'queues.title',
    words: 'palette.queues.words',
    Glyph: ListTree,
    to: '/queues',
    permission: 'queue.manage',
  },
  {
    id: 'dashboard',
    label: 'sup.title',
    words: 'palette.dashboard.words',
    Glyph: LayoutDashboard,
    to: '/dashboard',
    permission: 'supervise',
  },
  {
    id: 'analysis',
    label: 'analysis.title',
    words: 'palette.analysis.words',
    Glyph: ChartLine,
    to: '/analysis',
    permission: 'supervise',
  },
  {
    id: 'escalations',
    label: 'escalation.title',
    words: 'palette.escalations.words',
    Glyph: ChevronsUp,
    to: '/escalations',
    permission: 'supervise',
  },
  {
    id: 'policies',
    label: 'policies.title',
    words: 'palette.policies.words',
    Glyph: Timer,
    to: '/policies',
    permission: 'sla.read',
  },
  {
    id: 'ladders',
    label: 'ladder.title',
    words: 'palette.ladders.words',
    Glyph: ChevronsUp,
    to: '/ladders',
    permission: 'sla.read',
  },
  {
    id: 'calendars',
    label: 'calendars.title',
    words: 'palette.calendars.words',
    Glyph: CalendarDays,
    to: '/calendars',
    permission: 'calendar.read',
  },
];

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
