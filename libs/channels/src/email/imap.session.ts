import { Logger } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '#platform';
import type { CursorStore, MailboxCursor } from './mailbox.cursor.js';
import { uidSet } from './mailbox.rules.js';

/** Longest answer to a command that moves no mail. */
const ANSWER_MS = 30_000;
/** Longest wait for a mail in hand when we stop. */
const STOP_MS = 2000;

export interface SessionOptions {
  /** For the log. */
  name: string;
  folder: string;
  moveTo: string | null;
  /** How often the server is asked, whether or not it says by itself. */
  pollMs: number;
}

/** What is done with an open folder. */
export interface SessionWork {
  /** Still the only one who watches? */
  mayGoOn: () => Promise<boolean>;
  takeNew: (isStopping: () => boolean) => Promise<number>;
}

/** One connection to one folder, from opening it to its end. It is never used again. */
export class ImapSession {
  private readonly log = new Logger(ImapSession.name);
  private isStopping = false;
  private news = Promise.withResolvers<void>();
  private isResting = true;

  constructor(
    private readonly connection: ImapFlow,
    private readonly options: SessionOptions,
  ) {
    connection.on('exists', () => this.news.resolve());
    connection.on('close', () => this.news.resolve());
  }

  /** Connects, logs in and opens the folder. @throws what the server refuses */
  async open(): Promise<{ uidValidity: bigint; uidNext: number }> {
    const { folder, moveTo } = this.options;
    await this.connection.connect();
    if (this.isStopping) throw new Error('stopped');
    const { uidValidity, uidNext } = await this.connection.mailboxOpen(folder);
    // There already, or made now; whether it can be used shows when something is moved.
    if (moveTo) await this.connection.mailboxCreate(moveTo);
    return { uidValidity, uidNext };
  }

  /** Works until it is stopped or loses its right. @throws when the connection ends or the house fails */
  async work(cursor: MailboxCursor, store: CursorStore, { mayGoOn, takeNew }: SessionWork): Promise<void> {
    const isOver = () => this.isStopping || !this.connection.usable;
    for (;;) {
      this.news = Promise.withResolvers();
      await this.answered(this.connection.noop());
      if (this.isStopping || !(await mayGoOn())) return;
      await this.tell(cursor, store);
      await this.busy(takeNew(isOver));
      await this.busy(this.tell(cursor, store));
      if (this.isStopping) return;
      await this.rest();
      if (this.isStopping) return;
      if (!this.connection.usable) throw new Error(this.connection.byeReason ?? 'the server closed the connection');
    }
  }

  /** Lets what is in hand be finished, for two seconds, and hangs up. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.news.resolve();
    const until = performance.now() + STOP_MS;
    while (!this.isResting && performance.now() < until && this.connection.usable) await sleep(20);
    this.connection.close();
  }

  /** Marks what is committed, and only that. A server that does not let us only costs it. */
  private async tell(cursor: MailboxCursor, store: CursorStore): Promise<void> {
    const untold = await store.untold(cursor);
    const { toMark, toFlag } = untold;
    if (toMark.length + toFlag.length === 0) return;
    const { moveTo } = this.options;
    const done = [
      toFlag.length === 0 || (await this.answered(this.flag(toFlag, '\\Flagged'))),
      toMark.length === 0 || (await this.answered(this.flag(toMark, '\\Seen'))),
      toMark.length === 0 || !moveTo || (await this.answered(this.move(toMark, moveTo))),
    ];
    if (!this.connection.usable) return;
    if (!done.every(Boolean))
      this.log.warn(`the server of ${this.options.name} does not let us mark or move what was taken in`);
    await store.told(cursor, untold);
  }

  private async move(uids: number[], folder: string): Promise<boolean> {
    return Boolean(await this.connection.messageMove(uidSet(uids), folder, { uid: true }));
  }

  private flag(uids: number[], flag: string): Promise<boolean> {
    return this.connection.messageFlagsAdd(uidSet(uids), [flag], { uid: true, silent: true });
  }

  private async busy<T>(work: Promise<T>): Promise<T> {
    this.isResting = false;
    try {
      return await work;
    } finally {
      this.isResting = true;
    }
  }

  /** A server that is silent for too long is hung up on, which fails the command. */
  private async answered<T>(command: Promise<T>): Promise<T> {
    if (!(await within(ANSWER_MS, command))) this.connection.close();
    return command;
  }

  /** Until something arrives, the connection ends, or it is time to ask. */
  private async rest(): Promise<void> {
    const { connection } = this;
    if (connection.capabilities.has('IDLE') && !connection.idling && connection.usable)
      connection.idle().catch(() => this.news.resolve());
    const over = new AbortController();
    const asked = sleep(this.options.pollMs, undefined, { signal: over.signal }).catch((error: unknown) => {
      if (!over.signal.aborted) throw error;
    });
    await Promise.race([this.news.promise, asked]);
    over.abort();
  }
}
