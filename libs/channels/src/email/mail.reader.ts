import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, STORAGE, type Config, type Storage } from '#platform';
import { parseMail, type ParsedMail } from './mail.parser.js';

/** A mail whose original lies in storage. */
export interface KeptMail {
  storage_key: string;
  received_at: Date;
}

/** Reads kept mail. */
@Injectable()
export class MailReader {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  /** @throws when storage fails: try again later */
  async read(mail: KeptMail): Promise<ParsedMail> {
    return parseMail(await this.storage.get(mail.storage_key), {
      storage: this.storage,
      ownAddress: this.config.mail.address,
      receivedAt: mail.received_at,
      rawKey: mail.storage_key,
    });
  }
}
