import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import {
  CircleDot,
  FileWarning,
  Inbox,
  Keyboard,
  Languages,
  Link2,
  Lock,
  LogOut,
  Monitor,
  Moon,
  Reply,
  Store,
  Sun,
  UserRoundCheck,
  UserRoundPlus,
  type LucideIcon,
} from 'lucide-react';
import { useMemo } from 'react';
import type { Permission } from '#contracts';
import type { CaseDeeds } from '../app/caseDeeds.js';
import { useLanguageSwitch } from '../app/languageSwitch.js';
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
  ];
};

/** Everything the palette can do: verbs on the case first, then places, then settings. */
export const useCommands = (deeds: CaseDeeds | null, onKeys: () => void): Command[] => {
  const may = useMay();
  const navigate = useNavigate();
  const logOut = useLogOut();
  const { setColorScheme } = useMantineColorScheme();
  const { language, change } = useLanguageSwitch();
  return useMemo(() => {
    const go = (to: '/inbox' | '/visit' | '/rejects') => () => void navigate({ to });
    const denied = (permission: Permission): Key | null => (may(permission) ? null : 'palette.need_permission');
    const scheme = 'palette.scheme.words';
    return [
      ...caseCommands(deeds, may),
      {
        id: 'visit',
        group: 'go',
        label: 'palette.visit',
        words: 'palette.visit.words',
        Glyph: Store,
        hotkey: 'v',
        reason: denied('visit.log'),
        run: go('/visit'),
      },
      {
        id: 'inbox',
        group: 'go',
        label: 'app.inbox',
        words: 'palette.inbox.words',
        Glyph: Inbox,
        reason: null,
        run: go('/inbox'),
      },
      {
        id: 'rejects',
        group: 'go',
        label: 'palette.rejects',
        words: 'palette.rejects.words',
        Glyph: FileWarning,
        reason: denied('reject.read'),
        run: go('/rejects'),
      },
      {
        id: 'light',
        group: 'settings',
        label: 'palette.light',
        words: scheme,
        Glyph: Sun,
        reason: null,
        run: () => setColorScheme('light'),
      },
      {
        id: 'dark',
        group: 'settings',
        label: 'palette.dark',
        words: scheme,
        Glyph: Moon,
        reason: null,
        run: () => setColorScheme('dark'),
      },
      {
        id: 'auto',
        group: 'settings',
        label: 'palette.auto',
        words: scheme,
        Glyph: Monitor,
        reason: null,
        run: () => setColorScheme('auto'),
      },
      {
        id: 'language',
        group: 'settings',
        label: 'palette.language',
        words: 'palette.language.words',
        Glyph: Languages,
        reason: null,
        run: () => void change(language === 'es' ? 'en' : 'es'),
      },
      {
        id: 'keys',
        group: 'settings',
        label: 'app.help',
        words: 'palette.help.words',
        Glyph: Keyboard,
        hotkey: '?',
        reason: null,
        run: onKeys,
      },
      {
        id: 'logout',
        group: 'settings',
        label: 'app.logout',
        words: 'palette.logout.words',
        Glyph: LogOut,
        reason: null,
        run: () => void logOut(),
      },
    ] satisfies Command[];
  }, [deeds, may, navigate, logOut, setColorScheme, language, change, onKeys]);
};

/** What fits what was typed. */
export const useMatching = (commands: Command[], typed: string): Command[] => {
  const { t } = useWords();
  return useMemo(() => commands.filter(({ label, words }) => matches(typed, t(label), t(words))), [commands, typed, t]);
};
