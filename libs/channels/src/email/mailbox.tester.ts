import { isNativeError } from 'node:util/types';
import { Inject, Injectable } from '@nestjs/common';
import { HEALTH_REASONS, type HealthReason, type Language, type MailboxTest } from '#contracts';
import { CONFIG, within, type Config } from '#platform';
import { newConnection, type ImapLogin } from './imap.connection.js';
import { failureOf } from './mailbox.rules.js';
import { Mailboxes, type SealedMailbox } from './mailbox.store.js';
import { MailboxTokens } from './mailbox.tokens.js';

/** Longest a person waits for an answer. */
const PATIENCE_MS = 20_000;
const MAX_FOLDERS = 200;

const NOTHING = { works: false, reason: null, message: null, detail: null, messages: null, unseen: null, idle: null };

/** Tries a mailbox without taking anything in, and says what it found. */
@Injectable()
export class MailboxTester {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'mail'>,
    private readonly mailboxes: Mailboxes,
  ) {}

  async test(mailbox: SealedMailbox, language: Language): Promise<MailboxTest> {
    const folders: string[] = [];
    try {
      return await this.look(mailbox, folders);
    } catch (error) {
      const { reason, detail } = failureOf(
        isNativeError(error) ? error : new Error(String(error)),
        mailbox.accessKind !== 'password',
      );
      return { ...NOTHING, reason, message: words(reason, language), detail, folders };
    }
  }

  private async look(mailbox: SealedMailbox, folders: string[]): Promise<MailboxTest> {
    const connection = newConnection(mailbox, await this.login(mailbox), this.config.mail.limitBytes);
    const looking = (async () => {
      await connection.connect();
      folders.push(...(await connection.list()).map(({ path }) => path).slice(0, MAX_FOLDERS));
      const { exists } = await connection.mailboxOpen(mailbox.folder, { readOnly: true });
      const unseen = await connection.search({ seen: false }, { uid: true });
      return {
        exists,
        unseen: Array.isArray(unseen) ? unseen.length : null,
        idle: connection.capabilities.has('IDLE'),
      };
    })();
    try {
      if (!(await within(PATIENCE_MS, looking))) throw new Error('the server does not answer');
      const { exists, unseen, idle } = await looking;
      return { ...NOTHING, works: true, messages: exists, unseen, idle, folders };
    } finally {
      looking.catch(() => undefined);
      connection.close();
    }
  }

  private async login(mailbox: SealedMailbox): Promise<ImapLogin> {
    const { username: user, access } = mailbox.open();
    if (access.kind === 'password') return { user, pass: access.password };
    if (access.kind === 'token') return { user, accessToken: access.accessToken };
    const tokens = new MailboxTokens(access, (renewed) => this.mailboxes.renew(mailbox, renewed));
    return { user, accessToken: await tokens.current() };
  }
}

const words = (reason: HealthReason, language: Language): string => HEALTH_REASONS[reason][language];
