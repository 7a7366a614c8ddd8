import type { Mailbox, MailboxAccess, MailboxSecurity } from '#contracts';

/** A mailbox as it is typed. Secrets go in and never come out: whoever changes one keeps what is set or states it anew. */

export interface MailboxDraft {
  address: string;
  host: string;
  port: string;
  security: MailboxSecurity;
  username: string;
  folder: string;
  moveTo: string;
  trustedAuthserv: string;
  active: boolean;
  access: 'keep' | MailboxAccess['kind'];
  password: string;
  accessToken: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  scope: string;
}

const PORTS: Record<MailboxSecurity, string> = { tls: '993', starttls: '143', none: '143' };

const SECRETS = {
  password: '',
  accessToken: '',
  tokenUrl: '',
  clientId: '',
  clientSecret: '',
  refreshToken: '',
  scope: '',
};

const EMPTY = { address: '', host: '', username: '', folder: 'INBOX', security: 'tls', active: true } as const;

export const draftOf = (mailbox: Mailbox | null): MailboxDraft => {
  const { address, host, username, folder, security, active } = mailbox ?? EMPTY;
  return {
    ...SECRETS,
    ...{ address, host, username, folder, security, active },
    port: String(mailbox?.port ?? PORTS.tls),
    moveTo: mailbox?.moveTo ?? '',
    trustedAuthserv: mailbox?.trustedAuthserv ?? '',
    access: mailbox ? 'keep' : 'password',
  };
};

/** Another kind of security brings its usual port along, unless somebody chose their own. */
export const withSecurity = (draft: MailboxDraft, security: MailboxSecurity): MailboxDraft => ({
  ...draft,
  security,
  port: draft.port === PORTS[draft.security] ? PORTS[security] : draft.port,
});

/** Another server does not check senders for the old one: whose word is believed there is asked again. */
export const withHost = (draft: MailboxDraft, mailbox: Mailbox | null, host: string): MailboxDraft => {
  const believed = mailbox?.trustedAuthserv ?? '';
  const isElsewhere = (name: string) => name.trim().toLowerCase() !== mailbox?.host.toLowerCase();
  if (!believed || isElsewhere(draft.host) === isElsewhere(host)) return { ...draft, host };
  const untouched = draft.trustedAuthserv === (isElsewhere(host) ? believed : '');
  return { ...draft, host, ...(untouched && { trustedAuthserv: isElsewhere(host) ? '' : believed }) };
};

type Named = 'address' | 'host' | 'port' | 'username' | 'folder' | 'password' | 'accessToken' | 'tokenUrl' | 'clientId';

const NEEDED_FOR: Record<MailboxDraft['access'], Named[]> = {
  keep: [],
  password: ['password'],
  token: ['accessToken'],
  refresh: ['tokenUrl', 'clientId'],
};

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);

/** What is missing or cannot be. */
export const missingInMailbox = (draft: MailboxDraft): Named[] =>
  (['address', 'host', 'port', 'username', 'folder', ...NEEDED_FOR[draft.access]] as Named[]).filter((name) => {
    const text = draft[name].trim();
    if (name === 'port') return !isPort(text);
    return name === 'address' ? !isAddress(text) : text === '';
  });

const accessOf = (draft: MailboxDraft): MailboxAccess | null => {
  const stated = (name: 'clientSecret' | 'refreshToken' | 'scope') =>
    draft[name].trim() ? { [name]: draft[name].trim() } : {};
  if (draft.access === 'password') return { kind: 'password', password: draft.password };
  if (draft.access === 'token') return { kind: 'token', accessToken: draft.accessToken.trim() };
  if (draft.access === 'keep') return null;
  return {
    kind: 'refresh',
    tokenUrl: draft.tokenUrl.trim(),
    clientId: draft.clientId.trim(),
    ...stated('clientSecret'),
    ...stated('refreshToken'),
    ...stated('scope'),
  };
};

/** What is sent, and how to log in: null leaves that as it is. */
export const mailboxBodyOf = (draft: MailboxDraft) => ({
  body: {
    address: draft.address.trim(),
    host: draft.host.trim(),
    port: Number(draft.port),
    security: draft.security,
    username: draft.username.trim(),
    folder: draft.folder.trim(),
    moveTo: draft.moveTo.trim() || null,
    trustedAuthserv: draft.trustedAuthserv.trim() || null,
    active: draft.active,
  },
  access: accessOf(draft),
});
