import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { withRetry } from '#platform';
import { Courier } from './courier.js';
import { Postbag } from './postbag.js';

/** Takes messages out of the bag and hands them over; no transaction is held while another system thinks. */
@Injectable()
export class Post {
  constructor(
    private readonly database: DataSource,
    private readonly postbag: Postbag,
    private readonly courier: Courier,
  ) {}

  /** A few, one after the other. @returns whether there may be more right away */
  async sendSome(): Promise<boolean> {
    if (this.courier.url === null) return false;
    const taken = await withRetry(this.database, (tx) => this.postbag.take(tx));
    for (const message of taken) {
      const handed = await this.courier.hand(message);
      await withRetry(this.database, (tx) => this.postbag.settle(tx, message, handed));
    }
    return taken.length > 0;
  }
}
