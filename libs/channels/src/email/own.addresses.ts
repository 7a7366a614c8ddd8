import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '#platform';

/** How long a mailbox that was just added or removed may not be noticed. */
const FRESH_MS = 5000;

/** Every address that is ours: the care address and those of the mailboxes, paused ones too. */
@Injectable()
export class OwnAddresses {
  private known: string[] | null = null;
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<string[]> | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'mail'>,
    private readonly database: DataSource,
  ) {}

  /** The care address first. @throws when the database is away and they were never read */
  async list(): Promise<string[]> {
    if (this.known && performance.now() - this.readAt < FRESH_MS) return this.known;
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  /** The next question is answered anew. */
  forget(): void {
    this.readAt = Number.NEGATIVE_INFINITY;
  }

  private async read(): Promise<string[]> {
    try {
      const rows: { address: string }[] = await this.database.query('select address from mailbox order by address');
      this.known = [...new Set([this.config.mail.address, ...rows.map(({ address }) => address)])];
      this.readAt = performance.now();
      return this.known;
    } catch (error) {
      // What was true a moment ago is a better answer than none.
      if (this.known) return this.known;
      throw error;
    }
  }
}
