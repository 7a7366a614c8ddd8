import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { InboundInteraction } from '#contracts';

/** A mail that was read, on its way to intake. */
export interface MailInPassing {
  arrival: InboundInteraction;
  /** What stands behind the plus in the addresses it was sent to. */
  tags: readonly string[];
  /** When it was taken from the sender. */
  receivedAt: Date;
}

/** What a mail server tells of a mail that is none to a customer. */
export interface ReturnedMail {
  /** Ids of ours that the report proves to be about: `bounceToken`. */
  proven: readonly string[];
  /** Message-ID of the mail it is about. */
  messageId: string | null;
  action: 'failed' | 'delayed' | 'other';
  detail: string | null;
}

/** Somebody whose mail is no message of a customer. What they take goes no further. */
export interface SideDoor {
  /** In the transaction that takes the batch in. @returns places in the batch that are theirs */
  take(tx: EntityManager, mails: readonly MailInPassing[]): Promise<ReadonlySet<number>>;
  /** @returns whether it is about a mail of theirs */
  returned(tx: EntityManager, mail: ReturnedMail): Promise<boolean>;
}

/** Where mail goes that intake never sees: each door tells of itself when it starts. */
@Injectable()
export class SideDoors {
  private readonly doors: SideDoor[] = [];

  register(door: SideDoor): void {
    this.doors.push(door);
  }

  /** @returns places of those that somebody took */
  async take(tx: EntityManager, mails: readonly MailInPassing[]): Promise<ReadonlySet<number>> {
    const taken = new Set<number>();
    for (const door of this.doors) {
      const left = [...mails.keys()].filter((at) => !taken.has(at));
      const theirs = await door.take(
        tx,
        left.flatMap((at) => mails[at] ?? []),
      );
      for (const [nth, at] of left.entries()) if (theirs.has(nth)) taken.add(at);
    }
    return taken;
  }

  async returned(tx: EntityManager, mail: ReturnedMail): Promise<boolean> {
    for (const door of this.doors) if (await door.returned(tx, mail)) return true;
    return false;
  }
}
