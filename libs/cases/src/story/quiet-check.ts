import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { readSolvedAnswer, type CaseStatus } from '#contracts';
import { CLOCK, Wake, withRetry, type Clock } from '#platform';
import { record, SYSTEM, type Actor } from '../record.js';
import { ClosingGuards } from './closing-guards.js';
import { ClosingService, customerOf } from './closing.service.js';
import { SolvedQuestion } from './solved-question.js';

const DAY_MS = 86_400_000;
/** So long nobody has to say anything for a case to close by itself. */
const QUIET_DAYS = 7;
const PORTION = 50;

interface Question {
  id: string;
  caseId: string;
  state: 'planned' | 'asked';
  dueAt: Date;
}

interface Answer {
  id: string;
  text: string;
}

/**
 * Asks the customer of a restored case whether all is well, listens, and closes what stays quiet for seven days. The rows
 * say what is due; each step is one transaction that moves its row on, so that a crash repeats a step or has done it.
 */
@Injectable()
export class QuietCheck {
  constructor(
    private readonly database: DataSource,
    private readonly closing: ClosingService,
    private readonly guards: ClosingGuards,
    private readonly question: SolvedQuestion,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One portion of answers, and of questions that are due. @returns true when there may be more */
  async run(): Promise<boolean> {
    const now = this.clock.now();
    const due: { id: string; caseId: string }[] = await this.database.query(
      `(select q.id, q.case_id as "caseId" from closing_question q where q.state in ('planned', 'asked') and q.due_at <= $1 order by q.due_at limit ${PORTION})
       union
       (select q.id, q.case_id from closing_question q join cases c on c.id = q.case_id
        where q.state = 'asked' and c.last_direction = 'inbound' and c.last_interaction_at >= q.asked_at limit ${PORTION})`,
      [now],
    );
    let done = 0;
    for (const { id, caseId } of due) if (await withRetry(this.database, (tx) => this.step(tx, id, caseId))) done += 1;
    if (done > 0) this.wake.ring('relay');
    return done === PORTION;
  }

  /** @returns whether anything was done: another process may have been faster */
  private async step(tx: EntityManager, questionId: string, caseId: string): Promise<boolean> {
    const cases: { status: CaseStatus }[] = await tx.query('select status from cases where id = $1 for update', [
      caseId,
    ]);
    const rows: Question[] = await tx.query(
      `select id, case_id as "caseId", state, due_at as "dueAt" from closing_question where id = $1 and state in ('planned', 'asked') for update`,
      [questionId],
    );
    const [question, status] = [rows[0], cases[0]?.status];
    if (!question || !status) return false;
    if (status !== 'restored') return this.end(tx, question, 'cancelled');
    if (question.state === 'planned') return question.dueAt <= this.clock.now() && this.ask(tx, question);
    const answer = await answerTo(tx, question);
    if (answer) return this.answered(tx, question, answer);
    return question.dueAt <= this.clock.now() && this.close(tx, question, status);
  }

  private async ask(tx: EntityManager, { id, caseId }: Question): Promise<boolean> {
    const now = this.clock.now();
    const blockers = await this.guards.blockers(tx, caseId);
    if (blockers.some(({ kind }) => kind === 'impact')) return this.later(tx, id);
    const sent = await this.question.ask(tx, caseId, id);
    await tx.query(
      'update closing_question set state = $2, due_at = $3, asked_at = $4, interaction_id = $5 where id = $1',
      [
        id,
        sent ? 'asked' : 'unreachable',
        sent ? new Date(now.getTime() + QUIET_DAYS * DAY_MS) : null,
        sent ? now : null,
        sent?.interactionId ?? null,
      ],
    );
    await record(tx, caseId, SYSTEM, 'closing', now, [
      { type: 'closing.asked', data: { channel: sent?.channel ?? null } },
    ]);
    return true;
  }

  /** They said something: nothing closes by itself any more. A clear no opens the work again; the rest is for a person to read. */
  private async answered(
    tx: EntityManager,
    { id, caseId }: Question,
    { id: answerId, text }: Answer,
  ): Promise<boolean> {
    const answer = readSolvedAnswer(text);
    await tx.query('update closing_question set state = $2, due_at = null, answer_id = $3 where id = $1', [
      id,
      answer === 'no' ? 'denied' : 'answered',
      answerId,
    ]);
    const customer: Actor = { kind: 'customer', id: null, name: await customerOf(tx, caseId) };
    await record(tx, caseId, customer, 'closing', this.clock.now(), [
      { type: 'closing.answered', data: { interactionId: answerId, answer } },
      ...(answer === 'no' ? await this.closing.broken(tx, caseId) : []),
    ]);
    return true;
  }

  private async close(tx: EntityManager, question: Question, status: CaseStatus): Promise<boolean> {
    const { id, caseId } = question;
    const blockers = await this.guards.blockers(tx, caseId);
    if (blockers.length > 0) return this.later(tx, id);
    const reached = await this.reached(tx, id);
    if (reached === 'never') return this.end(tx, question, 'unreachable');
    if (reached === 'not yet') return this.later(tx, id);
    const by = await customerOf(tx, caseId);
    await record(tx, caseId, SYSTEM, 'closing', this.clock.now(), [
      { type: 'closing.confirmed', data: { by, how: 'silence', entryId: null } },
      ...(await this.closing.close(tx, caseId, status)),
    ]);
    return true;
  }

  /** Silence says something only of who was asked: a question that bounced, or has not left for seven days, was not heard. */
  private async reached(tx: EntityManager, id: string): Promise<'yes' | 'not yet' | 'never'> {
    const rows: { state: string; lately: boolean }[] = await tx.query(
      `select d.state, d.sent_at > $2 as lately from closing_question q join delivery d on d.interaction_id = q.interaction_id where q.id = $1`,
      [id, new Date(this.clock.now().getTime() - (QUIET_DAYS - 1) * DAY_MS)],
    );
    const [sent] = rows;
    if (!sent || sent.state === 'failed' || sent.state === 'undone') return 'never';
    return sent.state === 'sent' && !sent.lately ? 'yes' : 'not yet';
  }

  /** Something is still open: looked at again tomorrow. */
  private async later(tx: EntityManager, id: string): Promise<boolean> {
    await tx.query('update closing_question set due_at = $2 where id = $1', [
      id,
      new Date(this.clock.now().getTime() + DAY_MS),
    ]);
    return true;
  }

  private async end(tx: EntityManager, { id }: Question, state: 'cancelled' | 'unreachable'): Promise<boolean> {
    await tx.query('update closing_question set state = $2, due_at = null where id = $1', [id, state]);
    return true;
  }
}

/** The first thing the customer said after they were asked; what no person wrote is none. */
async function answerTo(tx: EntityManager, { id }: Question): Promise<Answer | null> {
  const rows: Answer[] = await tx.query(
    `select i.id, i.text from closing_question q join interaction i on i.case_id = q.case_id
     where q.id = $1 and i.direction = 'inbound' and not i.automatic and i.received_at >= q.asked_at
     order by i.received_at, i.id limit 1`,
    [id],
  );
  return rows[0] ?? null;
}
