import { Inject, Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import { FileLinks, LINK_DAYS, replyAddress, taggedSubject } from '#cases';
import { attachedAndLinked, type StoredFile } from '#contracts';
import { CONFIG, Secrets, STORAGE, type Config, type FileStore } from '#platform';
import type { OutgoingMessage } from '../channel.js';
import { isOwnAddress, withoutTag } from './address.rules.js';
import { AUTOMATIC_HEADERS } from './automatic.rules.js';
import { bounceAddress, bounceToken } from './bounce.token.js';
import { LOOP_HEADER } from './mail.parser.js';
import { answeredChain, letterOf, senderName } from './outgoing.rules.js';
import { OwnAddresses } from './own.addresses.js';

const DAY_MS = 86_400_000;
/** Longest local part of an address (RFC 5321 §4.5.3.1.1). */
const MAX_LOCAL_PART = 64;

/** Makes a mail of a message, the same one for every try. */
@Injectable()
export class LetterWriter {
  constructor(
    private readonly secrets: Secrets,
    private readonly links: FileLinks,
    @Inject(OwnAddresses) private readonly own: Pick<OwnAddresses, 'list'>,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(STORAGE) private readonly storage: FileStore,
  ) {}

  /** @param opened takes the streams of the attachments, to be closed whatever becomes of the mail */
  async write(message: OutgoingMessage, to: string, opened: Readable[]): Promise<SendMailOptions> {
    const { name } = this.config.mail;
    const { lastMessageId, references } = message.thread;
    const { attached, linked } = attachedAndLinked(message.attachments, this.config.mail.attachBytes);
    const from = await this.mailbox(message);
    for (const file of attached) opened.push(await this.storage.get(file.storageKey));
    return {
      envelope: { from: this.bouncesTo(message, from), to },
      dsn: {
        id: bounceToken(this.secrets, message.interactionId),
        return: 'headers',
        notify: ['failure', 'delay'],
        recipient: to,
      },
      from: { name: senderName(message.automatic ? null : message.author.displayName, name), address: from },
      replyTo: this.tagged(replyAddress(this.secrets, message.caseReference, from), from),
      to: { name: message.to.name === to ? '' : message.to.name, address: to },
      subject: taggedSubject(this.secrets, message.subject ?? message.caseReference, message.caseReference),
      inReplyTo: lastMessageId ?? undefined,
      references: answeredChain(references, lastMessageId),
      date: message.firstDueAt,
      headers: {
        [LOOP_HEADER]: message.interactionId,
        'Content-Language': message.automatic && !message.languageKnown ? 'es, en' : message.language,
        ...(message.automatic && AUTOMATIC_HEADERS),
      },
      ...this.letter(message, linked),
      attachments: attached.map((file, at) => ({
        filename: file.fileName,
        contentType: file.contentType,
        content: opened[at],
      })),
    };
  }

  /** The address of ours that the customer wrote to. */
  private async mailbox({ thread: { account } }: OutgoingMessage): Promise<string> {
    return account && isOwnAddress(account, await this.own.list()) ? withoutTag(account) : this.config.mail.address;
  }

  /** Nobody for what nobody wrote (RFC 3834 §3.3): a bounce of it interests no one. */
  private bouncesTo(message: OutgoingMessage, mailbox: string): string {
    if (message.automatic) return '';
    return this.tagged(bounceAddress(this.secrets, message.interactionId, mailbox), mailbox);
  }

  /** The address with its tag where such arrive, and where it is still one; else the plain one. */
  private tagged(address: string, mailbox: string): string {
    return this.config.mail.plusAddresses && address.lastIndexOf('@') <= MAX_LOCAL_PART ? address : mailbox;
  }

  private letter(message: OutgoingMessage, linked: StoredFile[]): { text: string; html: string } {
    const until = new Date(message.firstDueAt.getTime() + LINK_DAYS * DAY_MS);
    return letterOf({
      text: message.text,
      language: message.language,
      languageKnown: message.languageKnown,
      reference: message.caseReference,
      brand: this.config.mail.name,
      author: message.automatic ? null : { signature: null, ...message.author },
      links: linked.map(({ id, fileName, size }) => ({ fileName, size, url: this.links.url(id, until) })),
      linksUntil: until,
      timeZone: this.config.timeZone,
    });
  }
}
