import type {
  Caller,
  CallImportAnswer,
  ChannelsHealth,
  ChannelState,
  Mailbox,
  MailboxTest,
  OpenReview,
  OwnSettings,
  Reject,
  TwitterAccount,
} from '#contracts';

/** The part of the stage that is about the ways in and out, as the API would tell it. */
export interface Outside {
  health: ChannelsHealth;
  rejects: Reject[];
  reviews: OpenReview[];
  mailboxes: Mailbox[];
  mailboxTest: MailboxTest;
  accounts: TwitterAccount[];
  callers: Caller[];
  imported: CallImportAnswer;
  own: OwnSettings;
}

const NOW = '2026-11-19T12:00:00Z';

export const channelState = (key: string, part: Partial<ChannelState> = {}): ChannelState => ({
  key,
  channel: key.startsWith('twitter') ? 'twitter' : 'email',
  label: key.startsWith('twitter') ? '@nexo_ayuda' : 'care@hilo.test',
  state: 'ok',
  reason: null,
  since: '2026-11-18T07:00:00Z',
  lastInAt: '2026-11-19T11:58:00Z',
  lastOutAt: '2026-11-19T11:40:00Z',
  expiresAt: null,
  detail: null,
  ...part,
});

export const clearRoad: ChannelsHealth['road'] = {
  works: true,
  steps: [
    { name: 'worker', works: true, at: NOW },
    { name: 'mail', works: true, at: null },
    { name: 'events', works: true, at: null },
    { name: 'delivery', works: true, at: null },
    { name: 'figures', works: true, at: null },
  ],
};

export const healthOf = (channels: ChannelState[], part: Partial<ChannelsHealth> = {}): ChannelsHealth => ({
  at: NOW,
  channels,
  unsent: [],
  rejects: 0,
  reviews: 0,
  road: clearRoad,
  ...part,
});

export const emptyOutside = (): Outside => ({
  health: healthOf([channelState('smtp-in'), channelState('smtp-out')]),
  rejects: [],
  reviews: [],
  mailboxes: [],
  mailboxTest: {
    works: true,
    reason: null,
    message: null,
    detail: null,
    messages: 3,
    unseen: 1,
    idle: true,
    folders: [],
  },
  accounts: [],
  callers: [],
  imported: { imported: 0, duplicates: 0, onCases: 0, refused: [] },
  own: { signature: null, extension: null, onShift: false },
});

interface Asked {
  method: string;
  path: string;
  body: Record<string, unknown>;
}
type Answer = [number, unknown?];

const list = (items: unknown[]): Answer => [200, { items, nextCursor: null }];

const onReject = ({ rejects }: Outside, id: string, deed: string | undefined, state: string | null): Answer => {
  if (!deed) return list(rejects.filter((reject) => (state === 'decided') === (reject.state !== 'open')));
  const reject = rejects.find((held) => held.id === id);
  Object.assign(reject ?? {}, {
    state: deed === 'release' ? 'released' : 'discarded',
    decidedBy: { id, displayName: 'Marta Rey' },
    decidedAt: NOW,
  });
  return [200, reject];
};

const onMailbox = (outside: Outside, { method, body }: Asked, id: string, deed: string | undefined): Answer => {
  if (deed === 'test') return [200, outside.mailboxTest];
  const at = outside.mailboxes.findIndex((held) => held.id === id);
  if (method === 'GET') return [200, { items: outside.mailboxes }];
  if (method === 'DELETE') {
    outside.mailboxes.splice(at, 1);
    return [204];
  }
  const { access, ...rest } = body;
  const isMoved = at >= 0 && rest['host'] !== undefined && rest['host'] !== outside.mailboxes[at]?.host;
  if (isMoved && access === undefined)
    return [422, { code: 'mailbox.access_needed', message: 'mailbox.access_needed', requestId: 'stage' }];
  const kind = (access as { kind?: Mailbox['accessKind'] } | undefined)?.kind ?? 'password';
  const made = { ...outside.mailboxes[at], id: id || 'made', accessKind: kind, ...rest } as Mailbox;
  outside.mailboxes.splice(at < 0 ? outside.mailboxes.length : at, at < 0 ? 0 : 1, made);
  return [200, made];
};

const onAccount = (outside: Outside, method: string, userId: string | undefined): Answer => {
  if (userId === 'connect')
    return [200, { url: '/channels?refused=twitter.connect_refused', state: 's', expiresAt: NOW }];
  if (method === 'DELETE') outside.accounts = outside.accounts.filter((held) => held.userId !== userId);
  return method === 'DELETE' ? [204] : [200, { items: outside.accounts }];
};

/** What these rooms answer; undefined when the question is another room's. */
export const answerOutside = (outside: Outside, asked: Asked, query: URLSearchParams): Answer | undefined => {
  const { method, path, body } = asked;
  const [, room, id, deed] = path.split('/');
  const ids = { caseId: 'case', customerId: 'customer', caseReference: 'H-1001-2Q', matchedBy: 'customer' };
  if (path === '/channels/health') return [200, outside.health];
  if (path === '/reviews') return list(outside.reviews);
  if (room === 'rejects') return onReject(outside, String(id), deed, query.get('state'));
  if (room === 'mailboxes') return onMailbox(outside, asked, id ?? '', deed);
  if (room === 'twitter') return onAccount(outside, method, deed);
  if (path === '/calls/import') return [200, outside.imported];
  if (path === '/calls') return [201, { ...ids, callId: 'call' }];
  if (path === '/elsewhere') return [201, { ...ids, interactionId: 'interaction' }];
  if (path === '/callers') {
    const phone = query.get('phone') ?? '';
    const digits = phone.replace(/\D/gu, '').slice(-9);
    const known = outside.callers.find((caller) => caller.phone.endsWith(digits) && digits.length === 9);
    return [200, known ?? { phone, customer: null, openCase: null, calls: [] }];
  }
  if (path !== '/people/me') return undefined;
  if (method === 'PATCH') Object.assign(outside.own, body);
  return [200, outside.own];
};

const REJECT: Omit<Reject, 'id' | 'reason' | 'sender'> = {
  channel: 'email',
  detail: null,
  subject: 'Re: Re: Fuera de la oficina',
  size: 4200,
  receivedAt: '2026-11-19T10:00:00Z',
  state: 'open',
  decidedBy: null,
  decidedAt: null,
  releasable: true,
};
export const rejectOf = (number: number, part: Partial<Reject> = {}): Reject => ({
  ...REJECT,
  id: `reject-${number}`,
  reason: 'mail.loop',
  sender: `robot${number}@tienda.test`,
  ...part,
});

export const MAILBOX: Mailbox = {
  id: 'mailbox-1',
  address: 'care@hilo.test',
  host: 'imap.hilo.test',
  port: 993,
  security: 'tls',
  username: 'care',
  folder: 'INBOX',
  moveTo: null,
  accessKind: 'password',
  trustedAuthserv: null,
  active: true,
};

export const ACCOUNT: TwitterAccount = {
  userId: '17',
  handle: 'nexo_ayuda',
  name: 'Nexo Ayuda',
  auth: 'oauth2',
  source: 'connected',
  scopes: [],
  state: 'reconnect',
  detail: '401 Unauthorized',
  expiresAt: '2026-11-19T13:00:00Z',
  openAt: null,
  waiting: 4,
};

/** Something of everything: what is broken, held back, watched and connected. */
export const fillOutside = (outside: Outside): void => {
  const broken = { state: 'trouble', detail: '401 Unauthorized' } as const;
  outside.health = healthOf(
    [
      channelState('smtp-in'),
      channelState('imap:mailbox-1', { ...broken, reason: 'channel.login_refused' }),
      channelState('twitter:17:poll', { ...broken, reason: 'channel.reconnect', expiresAt: NOW }),
      channelState('imap:mailbox-2', { label: 'viejo@hilo.test', state: 'stopped', lastInAt: null }),
    ],
    { rejects: 2, reviews: 1, unsent: [{ channel: 'email', account: null, count: 2, oldestAt: NOW }] },
  );
  outside.rejects = [
    rejectOf(1),
    rejectOf(2, {
      channel: 'twitter',
      reason: 'twitter.encrypted_chat',
      sender: null,
      subject: null,
      releasable: false,
    }),
    rejectOf(3, { state: 'discarded', decidedBy: { id: 'x', displayName: 'Marta Rey' }, decidedAt: NOW }),
  ];
  outside.reviews = [
    {
      entryId: 'entry-1',
      case: { id: 'case-1', reference: 'H-1001-2Q', customer: 'Lucía Ferrer' },
      named: { id: 'case-2', reference: 'H-1002-2Q', customer: 'Antonio Bermejo' },
      evidence: { by: 'subject_tag', value: 'H-1002-2Q' },
      sender: 'vecino@correo.test',
      subject: 'Re: presupuesto',
      receivedAt: NOW,
    },
  ];
  outside.mailboxes = [MAILBOX, { ...MAILBOX, id: 'environment', address: 'viejo@hilo.test', active: false }];
  outside.accounts = [ACCOUNT, { ...ACCOUNT, userId: '18', handle: 'nexo', source: 'environment', state: 'ok' }];
};
