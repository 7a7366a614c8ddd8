import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { IntakeService } from '#cases';
import { CLOCK, isUnavailable, Sweep, Wake, withRetry, type Clock } from '#platform';
import { MAX_ATTEMPTS, nextTryAt, rounds } from './mail.drain.rules.js';
import type { ParsedMail } from './mail.parser.js';
import { MailReader } from './mail.reader.js';
import { MailSieve, type PendingMail, type Rejecting, type Reporting, type Arriving } from './mail.sieve.js';

const BATCH = 50;
/** Mails read side by side. */
const WIDTH = 10;
/** Batches in hand at once: while the database works on one, the mails of the other are read. */
const SIDE_BY_SIDE = 2;
const LOOK_EVERY_MS = 250;
/** As many as can have been in hand when a process died. */
const SUSPECTS = BATCH * SIDE_BY_SIDE;

type Failing = { mail: PendingMail; error: unknown };

interface Sorted {
  arriving: Arriving[];
  rejecting: Rejecting[];
  reporting: Reporting[];
  failing: Failing[];
}

/**
 * Turns accepted mail into interactions, up to 50 per transaction. Rows stay locked, not marked, while they are worked on:
 * when the process dies they are free again at once, and the interaction's external id makes a second run a duplicate.
 */
@Injectable()
export class MailDrain {
  private readonly log = new Logger(MailDrain.name);
  private readonly sweeps = Array.from(
    { length: SIDE_BY_SIDE },
    () =>
      new Sweep(MailDrain.name, LOOK_EVERY_MS, async () =>
        this.suspects > 0 ? this.takeSuspect() : (await this.drain()) === BATCH,
      ),
  );
  /** Mails still to be taken with care: one of those that wait when a process begins may be what ended the last one. */
  private suspects = 0;

  constructor(
    private readonly reader: MailReader,
    private readonly database: DataSource,
    private readonly intake: IntakeService,
    private readonly sieve: MailSieve,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly wake: Wake,
  ) {
    wake.on('mail', () => this.sweeps.forEach((sweep) => sweep.poke()));
  }

  start(): void {
    this.suspects = SUSPECTS;
    for (const sweep of this.sweeps) sweep.start();
  }

  /** Finishes the batches in hand. */
  async stop(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }

  /**
   * Takes in what is due, one batch.
   * @returns how many mails were looked at; fewer than 50 means that nothing else is due
   * @throws when the database is away
   */
  async drain(): Promise<number> {
    const seen = new Map<string, Promise<ParsedMail>>();
    const batch = { rows: [] as PendingMail[] };
    try {
      await withRetry(this.database, async (tx) => {
        batch.rows = await this.claim(tx, null);
        await this.takeIn(tx, batch.rows, seen);
      });
    } catch (error) {
      if (isUnavailable(error) || batch.rows.length === 0) throw error;
      this.log.warn(`a batch of ${batch.rows.length} mails failed, taking them one by one: ${wordsOf(error)}`);
      for (const mail of batch.rows) await this.alone(mail, seen);
    }
    if (batch.rows.length > 0) this.wake.ring('relay');
    return batch.rows.length;
  }

  /**
   * Takes in the oldest mail alone, its try written down before it is read: what ends every process that reads it is tried
   * ever later, holds up nobody in between, and is set aside in the end.
   * @returns whether there was one
   */
  async takeSuspect(): Promise<boolean> {
    const mail = await withRetry(this.database, async (tx) => {
      const [oldest] = await this.claim(tx, null, 1);
      if (oldest) await this.counted(tx, oldest, 'its reading did not come to an end');
      return oldest;
    });
    this.suspects = mail ? this.suspects - 1 : 0;
    if (mail && mail.attempts < MAX_ATTEMPTS) await this.alone(mail, new Map());
    if (mail) this.wake.ring('relay');
    return mail !== undefined;
  }

  /** One mail in its own transaction, so that a bad one only holds up itself. */
  private async alone(mail: PendingMail, seen: Map<string, Promise<ParsedMail>>): Promise<void> {
    try {
      await withRetry(this.database, async (tx) => this.takeIn(tx, await this.claim(tx, mail.id), seen));
    } catch (error) {
      if (isUnavailable(error)) throw error;
      await withRetry(this.database, async (tx) => {
        const [still] = await this.claim(tx, mail.id);
        if (still) await this.failed(tx, { mail: still, error });
      });
    }
  }

  private claim(tx: EntityManager, id: string | null, most = BATCH): Promise<PendingMail[]> {
    return tx.query(
      `select id, storage_key, size::float8 as size, attempts, correlation_id, received_at, envelope_from, envelope_to, remote_ip, helo, released_at, mailbox, trusted_authserv, notices,
         (select coalesce(array_agg(address), '{}') from mailbox) as mailboxes
       from inbound_mail
       where state = 'pending' and ${id === null ? 'due_at <= $2' : 'id = $2'}
       order by received_at, id limit $1 for update skip locked`,
      [most, id ?? this.clock.now()],
    );
  }

  private async takeIn(tx: EntityManager, mails: PendingMail[], seen: Map<string, Promise<ParsedMail>>): Promise<void> {
    if (mails.length === 0) return;
    const { arriving, rejecting, reporting, failing } = await this.read(mails, seen);
    const passing = await this.sieve.pass(tx, arriving);
    if (passing.length > 0) await this.arrive(tx, passing);
    for (const { mail, told } of reporting) await this.sieve.report(tx, mail, told);
    for (const rejected of rejecting) await this.sieve.keep(tx, rejected.mail, rejected.reject);
    for (const failure of failing) await this.failed(tx, failure);
  }

  private async arrive(tx: EntityManager, arriving: Arriving[]): Promise<void> {
    const messages = arriving.map(({ arrival, mail }) => ({
      ...arrival,
      notices: [...mail.notices, ...(arrival.notices ?? [])],
      correlationId: mail.correlation_id,
    }));
    const arrivals = await this.intake.receive(tx, messages);
    await tx.query(
      `update inbound_mail m set state = 'done', interaction_id = done.interaction_id
       from unnest($1::uuid[], $2::uuid[]) as done (id, interaction_id) where m.id = done.id`,
      [arriving.map(({ mail }) => mail.id), arrivals.map((arrival) => arrival.interactionId)],
    );
    await this.sieve.told(
      tx,
      messages.flatMap((message, at) => (arrivals[at] ? [{ message, arrival: arrivals[at] }] : [])),
    );
  }

  /** Reads each mail once, however often its batch is tried. */
  private async read(mails: PendingMail[], seen: Map<string, Promise<ParsedMail>>): Promise<Sorted> {
    const sorted: Sorted = { arriving: [], rejecting: [], reporting: [], failing: [] };
    const small = await this.reader.small(mails);
    for (const round of rounds(mails, WIDTH)) {
      const reading = round.map((mail) => {
        const parsed = seen.get(mail.id) ?? this.reader.read(mail, small.get(mail.storage_key));
        seen.set(mail.id, parsed);
        return parsed;
      });
      for (const [at, result] of (await Promise.allSettled(reading)).entries()) {
        const mail = round[at];
        if (!mail) continue;
        if (result.status === 'rejected') sorted.failing.push({ mail, error: result.reason });
        else if (result.value.outcome === 'reject') sorted.rejecting.push({ mail, reject: result.value });
        else if (result.value.outcome === 'report') sorted.reporting.push({ mail, told: result.value });
        else sorted.arriving.push({ mail, arrival: result.value.arrival, tags: result.value.tags });
      }
    }
    return sorted;
  }

  private async failed(tx: EntityManager, { mail, error }: Failing): Promise<void> {
    this.log.warn(`mail ${mail.id} could not be taken in (try ${mail.attempts + 1}): ${wordsOf(error)}`);
    await this.counted(tx, mail, wordsOf(error));
    if (mail.attempts + 1 >= MAX_ATTEMPTS) await this.setAside(tx, mail, wordsOf(error));
  }

  /** One try more is written down, and when the next one is; who has had all of theirs is set aside. */
  private async counted(tx: EntityManager, mail: PendingMail, why: string): Promise<void> {
    if (mail.attempts >= MAX_ATTEMPTS) return this.setAside(tx, mail, why);
    await tx.query('update inbound_mail set attempts = $2, due_at = $3 where id = $1', [
      mail.id,
      mail.attempts + 1,
      nextTryAt(this.clock.now(), mail.attempts + 1),
    ]);
  }

  private setAside(tx: EntityManager, mail: PendingMail, why: string): Promise<void> {
    return this.sieve.keep(tx, mail, {
      outcome: 'reject',
      reason: 'mail.not_taken_in',
      detail: why,
      sender: null,
      subject: null,
    });
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 400);
