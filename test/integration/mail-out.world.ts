import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { FileLinks } from '#cases';
import { type ChannelHealth, EmailChannel, LetterWriter } from '#channels';
import { loadConfig, newId, Secrets, type FileStore } from '#platform';
import { FakeClock } from '../support/clock.js';
import { CARE, NOW } from './email.world.js';

export type Outgoing = Parameters<EmailChannel['send']>[0];
export type Report = Parameters<ChannelHealth['report']>[1];

const SECRET = 'x'.repeat(32);
export const secrets = new Secrets({ secret: SECRET });

/** The way out by mail as it is built, without a database: what it says of the relay is in `reports`. */
export function mailOut(storage: FileStore, environment: NodeJS.ProcessEnv) {
  const config = loadConfig({
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    HILO_SECRET: SECRET,
    HILO_BASE_URL: 'https://hilo.example',
    HILO_MAIL_ADDRESS: CARE,
    HILO_MAIL_NAME: 'Nexo',
    ...environment,
  });
  const reports: Report[] = [];
  const health = {
    report: (_key: string, report: Report) => {
      reports.push(report);
      return Promise.resolve();
    },
    seen: () => undefined,
  };
  const links = new FileLinks(secrets, storage, config, new FakeClock(NOW));
  const own = { list: () => Promise.resolve([CARE, 'ayuda@nexo.example']) };
  return { channel: new EmailChannel(config, new LetterWriter(secrets, links, own, config, storage), health), reports };
}

export function outgoing(over: Partial<Outgoing> = {}): Outgoing {
  const interactionId = newId();
  return {
    interactionId,
    caseReference: 'H-7K2F-9Q',
    text: 'Hola Robin:\n\nYa está en camino.\nUn saludo,\nLucía',
    subject: 'Re: Avería <urgente>',
    attachments: [],
    to: { value: 'robin@example.com', handle: null, display: 'robin@example.com', name: 'Robin Díaz' },
    thread: {
      account: CARE,
      ref: null,
      lastMessageId: '<last@example.com>',
      references: ['<first@example.com>', '<last@example.com>'],
    },
    author: { displayName: 'Lucía Martín' },
    language: 'es',
    languageKnown: true,
    messageId: `<${interactionId}@hilo.test>`,
    firstDueAt: new Date(NOW),
    ...over,
  };
}

export interface Received {
  raw: Buffer;
  mail: ParsedMail;
  from: string;
  to: string[];
  /** The commands as they came, addresses and what was asked for with them (RFC 3461). */
  asked: { from: unknown; to: unknown };
}

/** A real mail server that takes everything, as far as its options let it. */
export class Sink {
  readonly received: Received[] = [];
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions = {}) {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      hideDSN: false,
      onData: (stream, { envelope }, done) => {
        void buffer(stream).then(async (raw) => {
          const { mailFrom, rcptTo } = envelope;
          this.received.push({
            raw,
            mail: await simpleParser(raw),
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map((to) => to.address),
            asked: { from: mailFrom && mailFrom.args, to: rcptTo[0]?.args },
          });
          done();
        });
      },
      ...options,
    });
    // A client that hangs up is something to look at, not to fail of.
    this.server.on('error', () => undefined);
  }

  /** @returns its port */
  async start(): Promise<number> {
    const server = this.server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
