import {
  ArrowRight,
  Bookmark,
  Building2,
  CalendarClock,
  CircleDot,
  Copy,
  Gift,
  GitMerge,
  Handshake,
  LifeBuoy,
  Link2,
  Lock,
  MapPin,
  Printer,
  QrCode,
  ReceiptEuro,
  Reply,
  Route,
  Scissors,
  Smartphone,
  UserRoundCheck,
  UserRoundPlus,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import type { Permission } from '#contracts';
import type { CaseDeeds } from '../app/caseDeeds.js';
import { openCaseDialog } from '../case/caseDialogs.js';
import type { Key } from '../i18n/Words.js';
import { openHandoffDialog } from '../handoff/handoffDialogs.js';
import { openLoanDialog } from '../loaners/loanDialogs.js';
import { openOwnershipDialog } from '../ownership/ownershipDialogs.js';
import { openRepairDialog } from '../repairs/repairDialogs.js';
import { openStoryDialog } from '../story/storyDialogs.js';
import type { Command } from './command.js';

type OnCase = Omit<Command, 'group' | 'reason'> & { permission: Permission };

/** Of the story: what was done and said stays sayable when a case is over; a promise does not. */
const STORY: (OnCase & { open?: true })[] = [
  {
    id: 'fact',
    label: 'palette.fact',
    words: 'palette.fact.words',
    Glyph: Bookmark,
    hotkey: 'b',
    permission: 'case.note',
    run: () => openStoryDialog({ name: 'add', entryId: null, text: '' }),
  },
  {
    id: 'promise',
    label: 'palette.promise',
    words: 'palette.promise.words',
    Glyph: CalendarClock,
    permission: 'case.note',
    open: true,
    run: () => openStoryDialog({ name: 'add', entryId: null, text: '', kind: 'promised' }),
  },
];

/** What goes with a case, and whose it is. */
const BELONGING: OnCase[] = [
  {
    id: 'tracking',
    label: 'palette.tracking',
    words: 'palette.tracking.words',
    Glyph: Route,
    permission: 'link.issue',
    run: () => openCaseDialog({ name: 'links' }),
  },
  {
    id: 'benefit',
    label: 'palette.benefit',
    words: 'palette.benefit.words',
    Glyph: Gift,
    hotkey: 'g',
    permission: 'goodwill.give',
    run: () => openCaseDialog({ name: 'benefit' }),
  },
  {
    id: 'merge',
    label: 'palette.merge',
    words: 'palette.merge.words',
    Glyph: GitMerge,
    permission: 'customer.merge',
    run: () => openCaseDialog({ name: 'merge' }),
  },
  {
    id: 'split',
    label: 'palette.split',
    words: 'palette.split.words',
    Glyph: Scissors,
    permission: 'customer.merge',
    run: () => openCaseDialog({ name: 'split' }),
  },
];

/** What is done to their phone. */
const PHONE: OnCase[] = [
  {
    id: 'repair',
    label: 'palette.repair',
    words: 'palette.repair.words',
    Glyph: Wrench,
    hotkey: 'o',
    permission: 'repair.work',
    run: () => openRepairDialog({ name: 'open' }),
  },
  {
    id: 'quote',
    label: 'palette.quote',
    words: 'palette.quote.words',
    Glyph: ReceiptEuro,
    hotkey: 'q',
    permission: 'repair.work',
    run: () => openRepairDialog({ name: 'quote', repairId: null }),
  },
  {
    id: 'relief',
    label: 'palette.relief',
    words: 'palette.relief.words',
    Glyph: LifeBuoy,
    permission: 'repair.work',
    run: () => openRepairDialog({ name: 'relief' }),
  },
  {
    id: 'device',
    label: 'palette.device',
    words: 'palette.device.words',
    Glyph: Smartphone,
    permission: 'device.write',
    run: () => openCaseDialog({ name: 'device' }),
  },
];

/** What a case on the screen offers by itself. */
const OWNERSHIP: OnCase[] = [
  {
    id: 'handoff',
    label: 'palette.handoff',
    words: 'palette.handoff.words',
    Glyph: Building2,
    hotkey: 'h',
    permission: 'handoff.work',
    run: () => openHandoffDialog({ name: 'new' }),
  },
  {
    id: 'loan',
    label: 'palette.loan',
    words: 'palette.loan.words',
    Glyph: Smartphone,
    hotkey: 'l',
    permission: 'loaner.lend',
    run: () => openLoanDialog({ name: 'decide' }),
  },
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

const PRINT = {
  id: 'print',
  label: 'palette.print',
  words: 'palette.print.words',
  Glyph: Printer,
  run: () => window.print(),
} as const;
const CODE = {
  id: 'code',
  label: 'palette.code',
  words: 'palette.code.words',
  Glyph: QrCode,
  run: () => openCaseDialog({ name: 'code' }),
} as const;

/** Deeds on the open case, each with the reason why it may be unavailable. */
export const caseCommands = (deeds: CaseDeeds | null, may: (permission: Permission) => boolean): Command[] => {
  const need = (permission: Permission, blocked: Key | null = null): Key | null =>
    !deeds ? 'palette.need_case' : !may(permission) ? 'palette.need_permission' : blocked;
  const anyone: Key | null = deeds ? null : 'palette.need_case';
  const over: Key | null = deeds?.over ? 'palette.closed_case' : null;
  const of = (
    name: 'reply' | 'note' | 'partner' | 'take' | 'assign' | 'status' | 'link' | 'handover',
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
    of('partner', Building2, 'p', need('handoff.work', over)),
    of('take', UserRoundCheck, 'm', need('case.assign', over ?? (deeds?.mine ? 'palette.already_mine' : null))),
    of('assign', UserRoundPlus, 'a', need('case.assign', over)),
    of('status', CircleDot, 's', need('case.change_status')),
    of('link', Link2, '.', anyone),
    ...[...OWNERSHIP, ...PHONE].map((each) => ({
      ...each,
      group: 'here' as const,
      reason: need(each.permission, over),
    })),
    ...STORY.map(({ open, ...each }) => ({
      ...each,
      group: 'here' as const,
      reason: need(each.permission, open ? over : null),
    })),
    of('handover', Copy, 'B', anyone),
    { ...PRINT, group: 'here', reason: anyone },
    ...BELONGING.map((each) => ({ ...each, group: 'here' as const, reason: need(each.permission) })),
    { ...CODE, group: 'here', reason: anyone },
  ];
};
