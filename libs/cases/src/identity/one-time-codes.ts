import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ONE_TIME_CODE, type ProofLevel } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, Secrets, type Clock } from '#platform';
import type { CaseRecord } from '../case-access.js';
import { actorOf, record } from '../record.js';
import { Doors } from '../tracking/doors.js';
import { OneTimeCodeMessage } from './one-time-code.message.js';
import { codeIn, mayBeSent, type SentLately } from './one-time-code.rules.js';
import { weightOf } from './proof.rules.js';
import { ProofService } from './proof.service.js';
import { STANDING, writtenAddresses, type CodeAddress } from './proof.sql.js';

const PURPOSE = 'one-time-code';
const MINUTE_MS = 60_000;

/** Where codes that are nobody's are counted. */
const GUESSED = 'code:guessed';
const FROM_ALL = { attempts: ONE_TIME_CODE.wrongFromAll, minutes: ONE_TIME_CODE.windowMinutes };

/** The code of a message that is about to leave. @param sealed as it stands on its row */
export const openCode = (secrets: Secrets, sealed: string): string => secrets.open(PURPOSE, sealed);

/** What became of a code somebody typed. */
export type Confirmation = { state: 'confirmed' } | { state: 'wrong'; triesLeft: number } | { state: 'expired' };

/** A code that came in as a message, and whose it is. */
export interface MatchedCode {
  codeId: string;
  /** The case it was sent for, wherever it is now, and its customer. */
  caseId: string;
  customerId: string;
  /** The address it was sent to. */
  contactPointId: string;
  /** What holding that address proves. */
  level: ProofLevel;
}

/**
 * Six digits sent to an address we know: who types them holds it. Only a keyed hash is kept, and the sealed code until it has
 * left; nobody of ours ever reads one.
 */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly messages: OneTimeCodeMessage,
    private readonly proofs: ProofService,
    private readonly secrets: Secrets,
    private readonly doors: Doors,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Addresses of a customer that a code can be sent to, those that prove most first. */
  async addresses(tx: EntityManager, customerId: string): Promise<CodeAddress[]> {
    const known = await writtenAddresses(tx, customerId);
    const weighed = known.map((address) => ({ ...address, level: weightOf(address) }));
    return [...weighed.filter(({ level }) => level === 'strong'), ...weighed.filter(({ level }) => level === 'weak')];
  }

  /**
   * Sends one; the one before it is void. The transaction holds the case.
   * @returns its id
   * @throws DomainError permission.denied, code.unreachable, code.throttled
   */
  async send(tx: EntityManager, principal: Principal, found: CaseRecord, contactPointId: string): Promise<string> {
    demand(principal, 'case.reply');
    const address = (await this.addresses(tx, found.customerId)).find(({ id }) => id === contactPointId);
    if (!address) throw new DomainError('code.unreachable');
    // Two cases of one person, or two of ours at once: they count each other's.
    await tx.query('select lock_contacts($1)', [[`code:${contactPointId}`, `code:${found.customerId}`]]);
    const [id, now] = [newId(), this.clock.now()];
    if (!mayBeSent(await this.lately(tx, found, contactPointId, now))) throw new DomainError('code.throttled');
    await tx.query(
      `update one_time_code set closed_at = $2, closed_how = 'replaced', sealed = null where case_id = $1 and closed_at is null`,
      [found.id, now],
    );
    const interactionId = await this.messages.write(tx, found.id, contactPointId);
    if (interactionId === null) throw new DomainError('code.unreachable');
    const code = await this.freshCode(tx, now);
    await tx.query(
      `insert into one_time_code (id, case_id, contact_point_id, interaction_id, code_hash, sealed, sent_by, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        found.id,
        contactPointId,
        interactionId,
        this.hash(code),
        this.secrets.seal(PURPOSE, code),
        principal.id,
        now,
        new Date(now.getTime() + ONE_TIME_CODE.minutes * MINUTE_MS),
      ],
    );
    const data = { contactPointId, display: address.display, interactionId };
    await record(tx, found.id, actorOf(principal), 'api', now, [{ type: 'one_time_code.sent', data }]);
    return id;
  }

  /**
   * Somebody of ours types what the customer says. A wrong one counts, so it is told and not thrown: the transaction must
   * commit. The transaction holds the case.
   */
  async confirm(tx: EntityManager, principal: Principal, found: CaseRecord, typed: string): Promise<Confirmation> {
    demand(principal, 'case.reply');
    const now = this.clock.now();
    const [rows]: [{ id: string; hash: Buffer; tries: number; contactPointId: string }[], number] = await tx.query(
      `update one_time_code set tries = tries + 1 where case_id = $1 and closed_at is null and expires_at > $2 and tries < $3
       returning id, code_hash as hash, tries, contact_point_id as "contactPointId"`,
      [found.id, now, ONE_TIME_CODE.tries],
    );
    const code = rows[0];
    if (!code) return { state: 'expired' };
    const said = codeIn(typed);
    if (said === null || !this.secrets.isSigned(PURPOSE, said, code.hash)) {
      if (code.tries >= ONE_TIME_CODE.tries) await this.close(tx, code.id, 'tried');
      return { state: 'wrong', triesLeft: ONE_TIME_CODE.tries - code.tries };
    }
    const matched = await this.weighed(tx, code.id);
    if (!matched) return { state: 'expired' };
    await this.close(tx, code.id, 'confirmed');
    await this.prove(tx, { ...matched, caseId: found.id, customerId: found.customerId }, principal);
    return { state: 'confirmed' };
  }

  /**
   * Whose code an entry is, when its text is a code and nothing else; nothing is changed but the count of wrong guesses.
   * Whoever sends five of them within an hour is not listened to: they are guessing.
   */
  async match(tx: EntityManager, interactionId: string): Promise<MatchedCode | null> {
    const entries: { text: string; contactPointId: string | null }[] = await tx.query(
      `select text, contact_point_id as "contactPointId" from interaction
       where id = $1 and direction = 'inbound' and public_url is null and not automatic`,
      [interactionId],
    );
    const said = entries[0] ? codeIn(entries[0].text) : null;
    if (said === null || !entries[0]?.contactPointId) return null;
    const now = this.clock.now();
    const guesses: { n: number }[] = await tx.query(
      `select count(*)::int as n from interaction i join channel_thread t on t.id = i.thread_id
       where t.contact_point_id = $1 and i.direction = 'inbound' and i.received_at > $2 and i.text ~ '^\\s*[0-9][0-9 .-]{4,10}[0-9][.!]?\\s*$'`,
      [entries[0].contactPointId, new Date(now.getTime() - 60 * MINUTE_MS)],
    );
    if ((guesses[0]?.n ?? 0) > ONE_TIME_CODE.tries) return null;
    // Many senders who each guess a little are one who guesses a lot. What they say can still be confirmed by one of ours.
    if (await this.doors.isShut(GUESSED, FROM_ALL, tx)) return null;
    const codes: { id: string }[] = await tx.query(
      'select id from one_time_code where code_hash = $1 and closed_at is null and expires_at > $2 and tries < $3',
      [this.hash(said), now, ONE_TIME_CODE.tries],
    );
    if (codes[0]) return this.weighed(tx, codes[0].id);
    await this.doors.knock(GUESSED, FROM_ALL, tx);
    return null;
  }

  /**
   * The person typed it themselves: proof for the case it was sent for, and the address they typed it from is theirs too. Run
   * once that one is on their record, and when the code came from the address it went to. The transaction holds the case.
   * @returns false when it was used already
   */
  async accept(tx: EntityManager, codeId: string, interactionId: string): Promise<boolean> {
    const matched = await this.weighed(tx, codeId);
    if (!matched || !(await this.close(tx, codeId, 'typed'))) return false;
    if (matched.level === 'strong')
      await tx.query(
        `update contact_point p set verified_at = $3, verified_how = 'one_time_code', verified_by = null from interaction i
         where i.id = $1 and p.id = i.contact_point_id and p.customer_id = $2 and p.verified_at is null and p.valid_to is null and not p.shared`,
        [interactionId, matched.customerId, this.clock.now()],
      );
    await this.prove(tx, matched, null);
    return true;
  }

  /** Whoever is proven otherwise and holds the address: it is theirs. */
  private async prove(tx: EntityManager, matched: MatchedCode, principal: Principal | null): Promise<void> {
    const { caseId, customerId, contactPointId } = matched;
    if (matched.level === 'none') return;
    const before = await this.proofs.levelOf(tx, caseId);
    const rows: { display: string }[] = await tx.query(
      `select coalesce('@' || handle, display) as display from contact_point where id = $1`,
      [contactPointId],
    );
    if (matched.level === 'strong' || before.level === 'strong')
      await tx.query(
        `update contact_point set verified_at = $2, verified_how = 'one_time_code', verified_by = $3 where id = $1`,
        [contactPointId, this.clock.now(), principal?.id ?? null],
      );
    await this.proofs.give(
      tx,
      { caseId, customerId, level: matched.level, method: 'one_time_code', contactPointId, takenBy: principal },
      rows[0]?.display ?? null,
    );
  }

  private async weighed(tx: EntityManager, codeId: string): Promise<MatchedCode | null> {
    const rows: (MatchedCode & Parameters<typeof weightOf>[0])[] = await tx.query(
      `select o.id as "codeId", c.id as "caseId", c.customer_id as "customerId", p.id as "contactPointId", ${STANDING}
       from one_time_code o join cases c on c.id = living_case(o.case_id) join contact_point p on p.id = o.contact_point_id
         join customer cu on cu.id = p.customer_id
       where o.id = $1 and p.customer_id = c.customer_id and p.valid_to is null and not p.shared`,
      [codeId],
    );
    const [row] = rows;
    if (!row) return null;
    const { caseId, customerId, contactPointId } = row;
    return { codeId, caseId, customerId, contactPointId, level: weightOf(row) };
  }

  private async close(tx: EntityManager, id: string, how: 'confirmed' | 'typed' | 'tried'): Promise<boolean> {
    const [, closed]: [unknown, number] = await tx.query(
      'update one_time_code set closed_at = $2, closed_how = $3, sealed = null where id = $1 and closed_at is null',
      [id, this.clock.now(), how],
    );
    return closed > 0;
  }

  private async lately(
    tx: EntityManager,
    { id: caseId, customerId }: CaseRecord,
    contactPointId: string,
    now: Date,
  ): Promise<SentLately> {
    const since = new Date(now.getTime() - ONE_TIME_CODE.windowMinutes * MINUTE_MS);
    const rows: SentLately[] = await tx.query(
      `select (select count(*)::int from one_time_code where contact_point_id = $2 and created_at > $3) as "toAddress",
         (select count(*)::int from one_time_code where case_id = $1 and created_at > $3) as "onCase",
         (select count(*)::int from one_time_code o join contact_point p on p.id = o.contact_point_id
          where p.customer_id = $4 and o.created_at > $3) as "toCustomer",
         (select count(*)::int from one_time_code where created_at > $3) as "inWorkspace"`,
      [caseId, contactPointId, since, customerId],
    );
    return rows[0] ?? { toAddress: Infinity, onCase: Infinity, toCustomer: Infinity, inWorkspace: Infinity };
  }

  /** No two valid ones are alike: a message that is only a code says whose. */
  private async freshCode(tx: EntityManager, now: Date): Promise<string> {
    for (;;) {
      const code = String(randomInt(10 ** ONE_TIME_CODE.digits)).padStart(ONE_TIME_CODE.digits, '0');
      const taken: unknown[] = await tx.query(
        'select from one_time_code where code_hash = $1 and closed_at is null and expires_at > $2',
        [this.hash(code), now],
      );
      if (taken.length === 0) return code;
    }
  }

  private hash(code: string): Buffer {
    return this.secrets.sign(PURPOSE, code);
  }
}
