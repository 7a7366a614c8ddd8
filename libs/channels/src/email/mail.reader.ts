import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Secrets, STORAGE, type Config, type Storage } from '#platform';
import { isOwnAddress, normaliseAddress, withoutTag } from './address.rules.js';
import { SenderCheck } from './trust.check.js';
import { parseMail, type ParsedMail } from './mail.parser.js';

/** A mail whose original lies in storage. */
export interface KeptMail {
  storage_key: string;
  received_at: Date;
  envelope_to: string[];
  /** Address of the watched mailbox it lay in; null: it was delivered here. */
  mailbox: string | null;
  /** The server in front of that mailbox whose Authentication-Results are believed. */
  trusted_authserv: string | null;
  /** Addresses of all mailboxes there are. */
  mailboxes: string[];
  envelope_from: string;
  /** Null: fetched from a mailbox, and then its envelope is a guess. */
  remote_ip: string | null;
  helo: string | null;
  /** When a person decided to take it in after all. */
  released_at: Date | null;
}

/** Reads kept mail. */
@Injectable()
export class MailReader {
  private readonly secrets: Secrets;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly senders: SenderCheck,
  ) {
    this.secrets = new Secrets(config);
  }

  /** The originals of those mails that are small, by storage key. */
  small(mails: KeptMail[]): Promise<Map<string, Buffer>> {
    return this.storage.getSmall(mails.map((mail) => mail.storage_key));
  }

  /**
   * @param original its bytes, when they are at hand already
   * @throws when storage fails: try again later
   */
  async read(mail: KeptMail, original?: Buffer): Promise<ParsedMail> {
    const { auth } = this.config.mail;
    const trustedAuthserv = this.believed(mail);
    return parseMail(original ?? (await this.storage.get(mail.storage_key)), {
      storage: this.storage,
      ownAddress: this.accountOf(mail),
      ownAddresses: this.ownAddresses(mail),
      receivedAt: mail.received_at,
      rawKey: mail.storage_key,
      maxFileBytes: this.config.storage.uploadLimitBytes,
      signer: this.secrets,
      envelopeTo: mail.envelope_to,
      envelopeFrom: mail.remote_ip === null ? null : mail.envelope_from,
      isReleased: mail.released_at !== null,
      ...(auth === 'header' && trustedAuthserv && { trustedAuthserv }),
      ...(auth === 'check' && {
        checkSender: async (fromDomain) =>
          this.senders.check(
            original ?? (await this.storage.get(mail.storage_key)),
            { ip: mail.remote_ip, helo: mail.helo, envelopeFrom: mail.envelope_from },
            fromDomain,
          ),
      }),
    });
  }

  /** Each door has its own server in front of it: what ours takes away from a mail, another one leaves as its sender wrote it. */
  private believed(mail: KeptMail): string | null | undefined {
    return mail.mailbox === null ? this.config.mail.trustedAuthserv : mail.trusted_authserv;
  }

  private ownAddresses({ mailboxes }: KeptMail): string[] {
    return [this.config.mail.address, ...mailboxes];
  }

  /** Which of our addresses it came to: answers leave from there. */
  private accountOf(mail: KeptMail): string {
    const own = this.ownAddresses(mail);
    const envelope = mail.envelope_to.find((address) => isOwnAddress(address, own));
    return withoutTag(normaliseAddress(mail.mailbox ?? envelope ?? '') ?? this.config.mail.address);
  }
}
