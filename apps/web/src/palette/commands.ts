import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import {
  ArrowRight,
  CircleDot,
  FileUp,
  FileWarning,
  Globe,
  Inbox,
  Keyboard,
  Languages,
  Link2,
  Handshake,
  Lock,
  LogOut,
  MapPin,
  Monitor,
  Moon,
  PenLine,
  Phone,
  RadioTower,
  Reply,
  Store,
  Sun,
  UserRoundCheck,
  UserRoundPlus,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { Permission } from '#contracts';
import type { CaseDeeds } from '../app/caseDeeds.js';
import { openDialog } from '../app/dialogs.js';
import { useLanguageSwitch } from '../app/languageSwitch.js';
import { openOwnershipDialog } from '../ownership/ownershipDialogs.js';
import { useLogOut, useMay } from '../app/session.js';
import { useWords, type Key } from '../i18n/Words.js';
import { matches } from './matching.js';

export interface Command {
  id: string;
  group: 'here' | 'go' | 'settings';
  label: Key;
  /** Other words for it, in both languages. */
  words: Key;
  Glyph: LucideIcon;
  hotkey?: string;
  /** Why it cannot be done now; null when it can. */
  reason: Key | null;
  run: () => void;
}

/** What a case on the screen offers by itself. */
const OWNERSHIP: (Omit<Command, 'group' | 'reason'> & { permission: Permission })[] = [
  {
    id: 'redirect',
    label: 'palette.redirect',
    words: 'palette.redirect.words',
    Glyph: MapPin,
    hotkey: 'w',
    permission: 'redirect.send',
    run: () => openOwnershipDialog({ name: 'redirect' }),
  },
  {
    id: 'hand',
    label: 'palette.hand',
    words: 'palette.hand.words',
    Glyph: Handshake,
    permission: 'case.assign',
    run: () => openOwnershipDialog({ name: 'hand', to: null }),
  },
  {
    id: 'next',
    label: 'palette.next',
    words: 'palette.next.words',
    Glyph: ArrowRight,
    permission: 'case.assign',
    run: () => openOwnershipDialog({ name: 'next' }),
  },
];

/** Deeds on the open case, each with the reason why it may be unavailable. */
const caseCommands = (deeds: CaseDeeds | null, may: (permission: Permission) => boolean): Command[] => {
  const need = (permission: Permission, blocked: Key | null = null): Key | null =>
    !deeds ? 'palette.need_case' : !may(permission) ? 'palette.need_permission' : blocked;
  const over: Key | null = deeds?.over ? 'palette.closed_case' : null;
  const of = (
    name: 'reply' | 'note' | 'take' | 'assign' | 'status' | 'link',
    Glyph: LucideIcon,
    hotkey: string,
    reason: Key | null,
  ): Command => ({
    id: name,
    group: 'here',
    label: `palette.${name}`,
    words: `palette.${name}.words`,
    Glyph,
    hotkey,
    reason,
    run: () => deeds?.[name](),
  });
  return [
    of('reply', Reply, 'r', need('case.reply', over)),
    of('note', Lock, 'n', need('case.note', over)),
    of('take', UserRoundCheck, 'm', need('case.assign', over ?? (deeds?.mine ? 'palette.already_mine' : null))),
    of('assign', UserRoundPlus, 'a', need('case.assign', over)),
    of('status', CircleDot, 's', need('case.change_status')),
    of('link', Link2, '.', deeds ? null : 'palette.need_case'),
    ...OWNERSHIP.map((each) => ({ ...each, group: 'here' as const, reason: need(each.permission, over) })),
  ];
};

type Fixed = Pick<Command, 'id' | 'label' | 'words' | 'Glyph' | 'hotkey'>;

interface PlaceTo extends Fixed {
  to: '/inbox' | '/visit' | '/rejects' | '/channels' | '/imports';
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
    id: 'imports',
    label: 'imports.title',
    words: 'palette.imports.words',
    Glyph: FileUp,
    to: '/imports',
    permission: 'customer.import',
  },
];

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

type SettingId = 'light' | 'dark' | 'auto' | 'language' | 'signature' | 'keys' | 'logout';
const SETTINGS: (Fixed & { id: SettingId })[] = [
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
    signature: () => openDialog({ name: 'signature' }),
    keys: onKeys,
    logout: () => void logOut(),
  };
};

/** Everything the palette can do: verbs on the case first, then places, then settings. */
export const useCommands = (deeds: CaseDeeds | null, onKeys: () => void): Command[] => {
  const may = useMay();
  const navigate = useNavigate();
  const settings = useSettings(onKeys);
  return [
    ...caseCommands(deeds, may),
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
