import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { replyAddress, taggedSubject } from '#cases';
import type { ReplyChannel } from '#contracts';
import { CONFIG, Secrets, STORAGE, type Config, type FileStore } from '#platform';
import type { OutboundChannel, OutgoingMessage, SendOutcome } from '../channel.js';
import { isOwnAddress, withoutTag } from './address.rules.js';
import { LOOP_HEADER } from './mail.parser.js';
import { outcomeOf } from './outcome.rules.js';
import { answeredChain, htmlOf, senderName } from './outgoing.rules.js';

const MAX_CONNECTIONS = 5;
const CONNECT_MS = 15_000;
/** Silence after which a connection counts as broken. */
const SILENCE_MS = 45_000;
/** Longest a whole try may take: shorter than the lease of its delivery row, so that no second one runs beside it. */
const TRY_MS = 100_000;
const MAX_DETAIL = 500;

/** Replies by mail, through the relay of `HILO_SMTP_URL`. */
@Injectable()
export class EmailChannel implements OutboundChannel, OnModuleDestroy {
  readonly channel: ReplyChannel = 'email';
  readonly settles = false;
  private transport: Transporter | null = null;
  /** The bytes of each message on its way, by Message-ID: they tell how far a broken try got. */
  private readonly outgoing = new Map<string, Readable>();
  private readonly secrets: Secrets;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(STORAGE) private readonly storage: FileStore,
  ) {
    this.secrets = new Secrets(config);
  }

  async send(message: OutgoingMessage): Promise<SendOutcome> {
    const { relayUrl } = this.config.mail;
    if (!relayUrl) return { outcome: 'failed', reason: 'channel.not_configured', detail: 'HILO_SMTP_URL is not set' };
    if (!message.to.value)
      return { outcome: 'failed', reason: 'recipient.unknown', detail: 'no mail address is known' };
    const files: Readable[] = [];
    try {
      this.transport ??= this.connect(relayUrl);
      const mail = await this.compose(message, message.to.value, files);
      await this.transport.sendMail({ ...mail, signal: AbortSignal.timeout(TRY_MS) });
      return { outcome: 'sent', externalId: message.messageId };
    } catch (error) {
      return this.outcomeOf(error, message.messageId);
    } finally {
      this.outgoing.delete(message.messageId);
      for (const file of files) file.destroy();
    }
  }

  /** No mail server can be asked whether it took a message. */
  settle(_message: OutgoingMessage): Promise<SendOutcome> {
    return Promise.resolve({ outcome: 'unknown', detail: 'a mail server cannot be asked whether it took a message' });
  }

  /** Hangs up; a message in transmission is finished first. */
  stop(): void {
    this.transport?.close();
    this.transport = null;
  }

  /** With the product: an idle connection must not keep it from ending. */
  onModuleDestroy(): void {
    this.stop();
  }

  /** Where an answer to this message goes: to an address of the mailbox it leaves from that names its case. */
  protected replyTo(message: OutgoingMessage, from: string): string {
    return replyAddress(this.secrets, message.caseReference, from);
  }

  private connect(url: string): Transporter {
    const transport = createTransport({
      url,
      pool: true,
      maxConnections: MAX_CONNECTIONS,
      // Only for a connection the relay had closed while it was idle: what was transmitted is never repeated here.
      maxRequeues: 1,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
      logger: false,
    });
    transport.use('stream', (mail, done) => {
      const create = mail.message.createReadStream.bind(mail.message);
      mail.message.createReadStream = (options) => {
        const bytes = create(options);
        this.outgoing.set(mail.data.messageId ?? '', bytes);
        return bytes;
      };
      done();
    });
    return transport;
  }

  private async compose(message: OutgoingMessage, to: string, files: Readable[]): Promise<SendMailOptions> {
    const { address, name } = this.config.mail;
    const { account, lastMessageId, references } = message.thread;
    const from = account && isOwnAddress(account, address) ? withoutTag(account) : address;
    for (const file of message.attachments) files.push(await this.storage.get(file.storageKey));
    return {
      envelope: { from, to },
      from: { name: senderName(message.author.displayName, name), address: from },
      replyTo: this.replyTo(message, from),
      to: { name: message.to.name === to ? '' : message.to.name, address: to },
      subject: taggedSubject(this.secrets, message.subject ?? message.caseReference, message.caseReference),
      messageId: message.messageId,
      inReplyTo: lastMessageId ?? undefined,
      references: answeredChain(references, lastMessageId),
      date: message.firstDueAt,
      headers: { [LOOP_HEADER]: message.interactionId, 'Content-Language': message.language },
      text: message.text,
      html: htmlOf(message.text, message.language),
      attachments: message.attachments.map((file, at) => ({
        filename: file.fileName,
        contentType: file.contentType,
        content: files[at],
      })),
    };
  }

  private outcomeOf(error: unknown, messageId: string): SendOutcome {
    const failure: SmtpFailure = isNativeError(error) ? error : new Error(String(error));
    const detail = (failure.response ?? failure.message).slice(0, MAX_DETAIL);
    const outcome = outcomeOf({
      responseCode: failure.responseCode,
      response: failure.response ?? '',
      command: failure.command ?? '',
      handedOver: this.outgoing.get(messageId)?.readableEnded ?? false,
    });
    return { ...outcome, detail };
  }
}

/** What the mailer writes on its errors. */
interface SmtpFailure extends Error {
  command?: string;
  response?: string;
  responseCode?: number;
}
