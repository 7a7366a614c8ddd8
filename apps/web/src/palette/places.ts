import {
  Building2,
  CalendarDays,
  ChartLine,
  ChevronsUp,
  Handshake,
  FileUp,
  FileWarning,
  Inbox,
  LayoutDashboard,
  ListTree,
  RadioTower,
  Siren,
  Smartphone,
  Store,
  Timer,
  Users,
  Webhook,
} from 'lucide-react';
import type { Permission } from '#contracts';
import type { Fixed } from './command.js';
import { GOODWILL_PLACE } from './goodwillPlace.js';

interface PlaceTo extends Fixed {
  to:
    | '/inbox'
    | '/visit'
    | '/rejects'
    | '/channels'
    | '/channels/webhooks'
    | '/imports'
    | '/incidents'
    | '/queues'
    | '/dashboard'
    | '/analysis'
    | '/escalations'
    | '/policies'
    | '/phones'
    | '/ladders'
    | '/partners'
    | '/calendars'
    | '/loaners'
    | '/goodwill'
    | '/handoffs';
  search?: { show: 'suggestions' };
  permission: Permission | null;
}

/** Where one can go. */
export const PLACES: PlaceTo[] = [
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
    id: 'webhooks',
    label: 'webhook.title',
    words: 'palette.webhooks.words',
    Glyph: Webhook,
    to: '/channels/webhooks',
    permission: 'webhook.manage',
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
    id: 'loaners',
    label: 'loaners.title',
    words: 'palette.loaners.words',
    Glyph: Smartphone,
    to: '/loaners',
    permission: 'loaner.read',
  },
  {
    id: 'handoffs',
    label: 'handoffs.title',
    words: 'palette.handoffs.words',
    Glyph: Building2,
    to: '/handoffs',
    permission: 'handoff.work',
  },
  GOODWILL_PLACE,
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
    id: 'phones',
    label: 'phones.title',
    words: 'palette.phones.words',
    Glyph: Smartphone,
    to: '/phones',
    permission: 'device.read',
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
    id: 'partners',
    label: 'partner.title',
    words: 'palette.partners.words',
    Glyph: Handshake,
    to: '/partners',
    permission: 'partner.read',
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
