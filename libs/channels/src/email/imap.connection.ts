import { ImapFlow } from 'imapflow';
import type { MailboxPlace } from './mailbox.rules.js';

/** Silence after which a connection counts as dead. */
const SILENCE_MS = 90_000;
const CONNECT_MS = 20_000;
/** Longest line or part that is held in memory; the mails themselves are fetched in pieces. */
const MEGABYTE = 1024 * 1024;

export interface ImapLogin {
  user: string;
  pass?: string;
  accessToken?: string;
}

/**
 * A connection that is not open yet. It never comes back: after `close` there must be a new one.
 * @param limitBytes the largest mail: servers that do not know partial fetches send it whole
 */
export function newConnection(place: MailboxPlace, auth: ImapLogin, limitBytes: number): ImapFlow {
  const { host, port, security } = place;
  const connection = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    auth,
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    clientInfo: { name: 'Hilo' },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    maxLineLength: 16 * MEGABYTE,
    maxLiteralSize: limitBytes + MEGABYTE,
    maxResponseSize: limitBytes + 32 * MEGABYTE,
  });
  // Every failure also ends the call it belongs to; without a listener it would end the process.
  connection.on('error', () => undefined);
  return connection;
}
