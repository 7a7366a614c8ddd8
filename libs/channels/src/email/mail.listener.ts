import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { DataSource } from 'typeorm';
import { CLOCK, CONFIG, isUnavailable, STORAGE, Wake, type Clock, type Config, type Storage } from '#platform';
import { ChannelHealth } from '../health/index.js';
import { AcceptedMails } from './accepted.mail.js';
import { MAIL_LIMITS } from './mail.limits.rules.js';
import { isOwnAddress } from './address.rules.js';
import { OwnAddresses } from './own.addresses.js';

const HEALTH_KEY = 'smtp-in';
const MAX_CLIENTS = 200;
const IDLE_MS = 60_000;
/** How long a message that is being received may go on when the listener stops. */
const STOP_MS = 5000;

/** An answer the sending server understands: 4xx come again, 5xx never. */
class SmtpRefusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

const TOO_LARGE = new SmtpRefusal(552, '5.3.4 Message is larger than accepted here');
const COME_AGAIN = new SmtpRefusal(451, '4.3.0 Cannot take the message right now, please try again');
const NO_SUCH_MAILBOX = new SmtpRefusal(550, '5.1.1 No such mailbox here');
const STOPPING = new SmtpRefusal(421, '4.3.2 Service is stopping, please try again');

/** The bytes of a message, cut off with an error at the limit; what follows is left for the caller to drop. */
async function* limited(stream: SMTPServerDataStream, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw TOO_LARGE;
    yield chunk;
  }
}

/**
 * Where mail comes in, by SMTP or LMTP. A mail is answered with 250 only when its original lies in storage and its row is
 * committed: what was accepted survives anything, what was not the sender keeps.
 */
@Injectable()
export class MailListener {
  private readonly log = new Logger(MailListener.name);
  private readonly accepted: AcceptedMails;
  private readonly own: OwnAddresses;
  private server: SMTPServer | null = null;
  private stopping = false;
  private readonly inHand = new Set<Promise<void>>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(STORAGE) private readonly storage: Storage,
    database: DataSource,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(ChannelHealth) private readonly health: Pick<ChannelHealth, 'report' | 'seen'> | null = null,
  ) {
    this.accepted = new AcceptedMails(database);
    this.own = new OwnAddresses(config, database);
  }

  /** @returns the port, which is a free one when the configured port is 0 */
  async start(): Promise<number> {
    const { host, port, lmtp } = this.config.mail.listen;
    this.stopping = false;
    const server = this.open(lmtp);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    // A client that breaks off or talks nonsense; its message, if any, was not accepted.
    server.on('error', (error) => this.log.debug(error.message));
    this.server = server;
    await this.health?.report(HEALTH_KEY, { channel: 'email', label: this.config.mail.address, state: 'ok' });
    return (server.server.address() as AddressInfo).port;
  }

  /** Takes no new message, finishes those being received (5 s at most), then hangs up. */
  async stop(): Promise<void> {
    const server = this.server;
    if (!server) return;
    this.server = null;
    this.stopping = true;
    const closed = new Promise<void>((resolve) => server.close(resolve));
    const patience = new AbortController();
    const tooLong = sleep(STOP_MS, undefined, { signal: patience.signal }).catch((error: unknown) => {
      if (!patience.signal.aborted) throw error;
    });
    await Promise.race([Promise.allSettled(this.inHand), tooLong]);
    patience.abort();
    for (const connection of [...server.connections]) {
      connection.send(421, STOPPING.message);
      connection.close();
    }
    await closed;
  }

  private open(lmtp: boolean): SMTPServer {
    const { limitBytes } = this.config.mail;
    return new SMTPServer({
      lmtp,
      size: limitBytes,
      maxClients: MAX_CLIENTS,
      maxRecipients: MAIL_LIMITS.recipients,
      socketTimeout: IDLE_MS,
      closeTimeout: STOP_MS,
      banner: 'Hilo',
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      maxAllowedUnauthenticatedCommands: false,
      disableReverseLookup: true,
      logger: false,
      onMailFrom: (_from, _session, answer) => answer(this.stopping ? STOPPING : null),
      onRcptTo: (to, _session, answer) => void this.knows(to.address).then(answer),
      onData: (stream, session, answer) => {
        const receiving = this.receive(stream, session).then(
          () => answer(null, '2.6.0 Message accepted'),
          (error: unknown) => answer(this.refusal(error, stream)),
        );
        this.inHand.add(receiving);
        void receiving.finally(() => this.inHand.delete(receiving));
      },
    });
  }

  /** Relays for nobody. @returns why not */
  private async knows(recipient: string): Promise<SmtpRefusal | null> {
    try {
      return isOwnAddress(recipient, await this.own.list()) ? null : NO_SUCH_MAILBOX;
    } catch (error) {
      this.log.warn(`mail deferred, our addresses cannot be read: ${String(error)}`);
      return COME_AGAIN;
    }
  }

  /** Original first, row second: a crash in between leaves a file nobody refers to, never a row without its mail. */
  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    try {
      const { key, size } = await this.storage.put(
        Readable.from(limited(stream, this.config.mail.limitBytes), { objectMode: false }),
      );
      const { mailFrom, rcptTo } = session.envelope;
      await this.accepted.write({
        storageKey: key,
        size,
        envelopeFrom: mailFrom ? mailFrom.address : '',
        envelopeTo: rcptTo.map((to) => to.address),
        remoteIp: session.remoteAddress,
        helo: session.hostNameAppearsAs || undefined,
        receivedAt: this.clock.now(),
      });
    } catch (error) {
      // The sender goes on to the end of its message before it listens to an answer.
      stream.resume();
      throw error;
    }
    this.health?.seen(HEALTH_KEY, 'in');
    this.wake.ring('mail');
  }

  private refusal(error: unknown, stream: SMTPServerDataStream): SmtpRefusal {
    if (error instanceof SmtpRefusal) return error;
    const message = error instanceof Error ? error.message : String(error);
    // The sender hung up in the middle: it will come again, and nobody here need do anything.
    if (stream.destroyed && !stream.readableEnded) this.log.debug(`mail broken off: ${message}`);
    else if (isUnavailable(error)) this.log.warn(`mail deferred, the database is away: ${message}`);
    else this.log.error(`mail deferred: ${message}`, error instanceof Error ? error.stack : undefined);
    return COME_AGAIN;
  }
}
