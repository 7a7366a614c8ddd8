import type { Readable } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import type { Config } from '#platform';
import type { SendOutcome } from '../channel.js';
import { outcomeOf } from './outcome.rules.js';
import { mustEncrypt, withoutSecrets } from './relay.rules.js';

const MAX_CONNECTIONS = 5;
const CONNECT_MS = 15_000;
/** Silence after which a connection counts as broken. */
const SILENCE_MS = 45_000;
/** Longest a whole try may take: shorter than the lease of its delivery row, so that no second one runs beside it. */
const TRY_MS = 100_000;
const MAX_DETAIL = 500;

/** The relay of `HILO_SMTP_URL`: a few connections to it, and what it made of each mail. */
export class Relay {
  private readonly transport: Transporter;
  /** The bytes of each message on its way, by Message-ID: they tell how far a broken try got. */
  private readonly outgoing = new Map<string, Readable>();
  /** Host and port, for people. */
  readonly label: string;

  constructor(
    private readonly url: string,
    dkim: Config['mail']['dkim'],
  ) {
    this.label = new URL(url).host;
    this.transport = createTransport({
      url,
      pool: true,
      maxConnections: MAX_CONNECTIONS,
      // Only for a connection the relay had closed while it was idle: what was transmitted is never repeated here.
      maxRequeues: 1,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      requireTLS: mustEncrypt(url),
      disableFileAccess: true,
      disableUrlAccess: true,
      logger: false,
      ...(dkim && { dkim }),
    });
    this.transport.use('stream', (mail, done) => {
      const create = mail.message.createReadStream.bind(mail.message);
      mail.message.createReadStream = (options) => {
        const bytes = create(options);
        this.outgoing.set(mail.data.messageId ?? '', bytes);
        return bytes;
      };
      done();
    });
  }

  /** Hands a mail over, once. @param messageId of the mail, fixed before its first try */
  async send(mail: SendMailOptions, messageId: string): Promise<SendOutcome> {
    try {
      await this.transport.sendMail({ ...mail, messageId, signal: AbortSignal.timeout(TRY_MS) });
      return { outcome: 'sent', externalId: messageId };
    } catch (error) {
      return this.outcomeOf(error, messageId);
    } finally {
      this.outgoing.delete(messageId);
    }
  }

  /** Hangs up; a message in transmission is finished first. */
  close(): void {
    this.transport.close();
  }

  private outcomeOf(error: unknown, messageId: string): SendOutcome {
    const failure: SmtpFailure = isNativeError(error) ? error : new Error(String(error));
    const detail = withoutSecrets(failure.response ?? failure.message, this.url).slice(0, MAX_DETAIL);
    const outcome = outcomeOf({
      responseCode: failure.responseCode,
      response: failure.response ?? '',
      command: failure.command ?? '',
      code: failure.originalCode ?? failure.code ?? '',
      handedOver: this.outgoing.get(messageId)?.readableEnded ?? false,
    });
    return { ...outcome, detail };
  }
}

/** What the mailer writes on its errors. */
interface SmtpFailure extends Error {
  code?: string;
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}
