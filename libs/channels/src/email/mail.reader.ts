import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Secrets, STORAGE, type Config, type Storage } from '#platform';
import { parseMail, type ParsedMail } from './mail.parser.js';

/** A mail whose original lies in storage. */
export interface KeptMail {
  storage_key: string;
  received_at: Date;
  envelope_to: string[];
}

/** Reads kept mail. */
@Injectable()
export class MailReader {
  private readonly secrets: Secrets;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(STORAGE) private readonly storage: Storage,
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
    return parseMail(original ?? (await this.storage.get(mail.storage_key)), {
      storage: this.storage,
      ownAddress: this.config.mail.address,
      receivedAt: mail.received_at,
      rawKey: mail.storage_key,
      maxFileBytes: this.config.storage.uploadLimitBytes,
      signer: this.secrets,
      envelopeTo: mail.envelope_to,
    });
  }
}
