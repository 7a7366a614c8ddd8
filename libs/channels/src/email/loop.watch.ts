import { AUTOMATIC_WINDOW_MS, comparable, fingerprint, HOUR_MS, type MailInStorm } from './loop.rules.js';

interface Seen {
  since: number;
  mails: number;
  automaticSince: number;
  automatic: number;
  /** How often each text came. */
  prints: Map<number, number>;
}

/** Senders remembered at once. */
const REMEMBERED = 20_000;
const PRINTS = 20;
/** From so many mails on an address is looked up: well below the limits, for several processes may share its mails. */
const SUSPECT_MAILS = 8;
const SUSPECT_AUTOMATIC = 3;
/** Mail servers deliver a mail twice now and then; the third time it may be a repetition. */
const SUSPECT_TEXTS = 3;

/**
 * Notices senders that may be part of a loop, from memory alone: the common road costs no question to the database.
 * What it notices is only a reason to look; counts are taken from what is stored.
 */
export class LoopWatch {
  private readonly senders = new Map<string, Seen>();

  /** @returns whether this sender should be looked up */
  notice(mail: MailInStorm & { sender: string }, now: Date): boolean {
    const at = now.getTime();
    const seen = this.remembered(mail.sender, at);
    const print = fingerprint(comparable(mail.text, mail.isAnswer));
    const times = (seen.prints.get(print) ?? 0) + 1;
    seen.mails += 1;
    if (times > 1 || seen.prints.size < PRINTS) seen.prints.set(print, times);
    if (mail.isAutomatic) {
      if (at - seen.automaticSince > AUTOMATIC_WINDOW_MS) [seen.automaticSince, seen.automatic] = [at, 0];
      seen.automatic += 1;
    }
    return times >= SUSPECT_TEXTS || seen.mails >= SUSPECT_MAILS || seen.automatic >= SUSPECT_AUTOMATIC;
  }

  private remembered(sender: string, at: number): Seen {
    const known = this.senders.get(sender);
    if (known && at - known.since <= HOUR_MS) return known;
    const seen = { since: at, mails: 0, automaticSince: at, automatic: 0, prints: new Map<number, number>() };
    this.senders.delete(sender);
    this.senders.set(sender, seen);
    const [oldest] = this.senders.keys();
    if (this.senders.size > REMEMBERED && oldest !== undefined) this.senders.delete(oldest);
    return seen;
  }
}
