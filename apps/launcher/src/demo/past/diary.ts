import type { Actor, NewEvent } from '#cases';
import type { CaseStatus, Channel, ProblemStage, WaitReason } from '#contracts';
import type { Principal } from '#identity';
import { newId } from '#platform';
import type { StaffKey } from '../carrier.js';
import { meet } from './caller.js';
import type { Happening, Life } from './lives.js';
import { Losses } from './losses.js';
import type { Rows } from './rows.js';
import { isWritten, Talk, type House, type Said } from './talk.js';

const HOUSE: Actor = { kind: 'system', id: null, name: 'Hilo' };
const STAGES: Partial<Record<CaseStatus, ProblemStage>> = {
  new: 'received',
  understood: 'understood',
  restored: 'restored',
  closed: 'closed',
};
const HOW: Partial<Record<Channel, 'store' | 'phone'>> = { store: 'store', phone: 'phone' };

/** Writes down one life as the rows the product would have left. */
export class Diary {
  private readonly customerId = newId();
  private readonly caseId = newId();
  private readonly problemId = newId();
  private readonly points = new Map<Channel, string>();
  private readonly losses = new Losses();
  private promised: { id: string; due: number; row: Record<string, unknown> } | null = null;
  private version = 0;
  private status: CaseStatus = 'new';
  private waitReason: WaitReason | null = null;
  private assignee: Principal | null = null;
  private openedAt = '';
  private agreedAt: string | null = null;
  private closedAt: string | null = null;
  private readonly talk: Talk;

  constructor(
    private readonly life: Life,
    private readonly house: House,
    private readonly rows: Rows,
  ) {
    this.talk = new Talk(life, house, rows, { caseId: this.caseId, points: this.points });
  }

  /** @returns the id of its case */
  write(): string {
    meet(this.rows, { id: this.customerId, points: this.points, ...this.life }, this.house.now);
    for (const happening of this.life.happenings) this.notes(happening);
    this.keeps();
    return this.caseId;
  }

  private notes(happening: Happening): void {
    const at = iso(happening.at);
    if (happening.does === 'asks') return this.says(happening, this.customer(), 'inbound', happening.channel);
    const me = this.person(happening.by);
    const by: Actor = { kind: 'agent', id: me.id, name: me.displayName };
    switch (happening.does) {
      case 'answers':
        this.says(happening, by, 'outbound', happening.channel);
        return this.keepsWord(happening.at);
      case 'visits':
        return this.says(happening, by, 'inbound', 'store');
      case 'calls':
        return this.says(happening, by, 'inbound', 'phone');
      case 'takes':
        this.assignee = me;
        return this.tells(by, at, {
          type: 'case.assigned',
          data: { assigneeId: me.id, assigneeName: me.displayName, previousId: null, previousName: null },
        });
      case 'moves':
        return this.moves(happening, by);
      case 'eases':
        return this.eases(happening.to, by, at);
      case 'promises':
        return this.promises(happening.due, me, by, at);
      case 'tells again': {
        const id = newId();
        this.rows.add('re_explanation', {
          ...{ id, case_id: this.caseId, source: 'customer_said', asked: [], dismissed: false },
          ...{ recorded_by: me.id, recorded_name: me.displayName, at },
        });
        return this.tells(by, at, {
          type: 're_explanation.recorded',
          data: { id, source: 'customer_said', asked: [] },
        });
      }
    }
  }

  /** A message, a visit or a call, and what it means to the case. */
  private says(said: Said, author: Actor, direction: Talk['direction'], channel: Channel): void {
    const at = iso(said.at);
    const isFirst = this.talk.isSilent;
    const interactionId = this.talk.add(said, author, direction, channel);
    if (direction === 'outbound')
      return this.tells(HOUSE, at, { type: 'interaction.sent', data: { interactionId, channel } });
    if (isFirst) this.opens(interactionId, channel, author, at);
    const matchedBy = isWritten(channel) ? 'contact_point' : 'customer';
    const data = { interactionId, channel, matchedBy, toSanitise: false } as const;
    this.tells(author, at, { type: 'interaction.received', data });
  }

  private opens(interactionId: string, channel: Channel, author: Actor, at: string): void {
    const { lacks } = this.life.trouble;
    this.openedAt = at;
    this.tells(author, at, { type: 'case.opened', data: { interactionId, channel, callsWaiting: false } });
    if (lacks.length === 0) return;
    this.losses.report(lacks, at);
    this.tells(author, at, { type: 'impact.reported', data: { kinds: lacks } });
  }

  private moves({ at, to, waitReason: why }: Extract<Happening, { does: 'moves' }>, by: Actor): void {
    const waitReason = why ?? null;
    this.tells(by, iso(at), { type: 'case.status_changed', data: { from: this.status, to, waitReason } });
    this.status = to;
    this.waitReason = waitReason;
    if (to === 'understood') this.agreedAt = iso(at);
    if (to === 'closed') this.closedAt = iso(at);
  }

  private eases(to: 'relieved' | 'restored', by: Actor, at: string): void {
    for (const data of this.losses.ease(to, at)) this.tells(by, at, { type: 'impact.moved', data });
  }

  private promises(due: number, me: Principal, by: Actor, at: string): void {
    const id = newId();
    this.promised = {
      id,
      due,
      row: {
        id,
        case_id: this.caseId,
        kind: 'update',
        by_id: me.id,
        by_name: me.displayName,
        due_at: iso(due),
        created_at: at,
      },
    };
    this.tells(by, at, {
      type: 'promise.made',
      data: { promiseId: id, kind: 'update', text: null, byName: me.displayName, dueAt: iso(due) },
    });
  }

  /** Whoever promised to write has, with the reply that was the last to leave. */
  private keepsWord(at: number): void {
    const { lastId: entryId } = this.talk;
    if (!this.promised) return;
    const { id, due, row } = this.promised;
    this.promised = null;
    this.rows.add('promise', {
      ...row,
      state: 'kept',
      decided_at: iso(at),
      decided_by: HOUSE.name,
      kept_entry: entryId,
      kept_at: iso(at),
    });
    this.tells(HOUSE, iso(at), {
      type: 'promise.decided',
      data: {
        promiseId: id,
        kind: 'update',
        text: null,
        state: 'kept',
        reason: null,
        keptBy: { entryId, late: at > due },
      },
    });
  }

  /** The case as it stands at the end. */
  private keeps(): void {
    const { trouble, customer } = this.life;
    const isClosed = this.closedAt !== null;
    if (this.promised) this.rows.add('promise', { ...this.promised.row, state: 'open' });
    this.rows.add('cases', {
      ...{ id: this.caseId, customer_id: this.customerId, customer_name: customer.name, problem: trouble.problem },
      ...{ status: this.status, wait_reason: this.waitReason, priority: 'normal', version: this.version },
      ...{ assignee_id: this.assignee?.id ?? null, queue_id: this.house.queues.get(trouble.queue), failed_sends: 0 },
      ...{ lacks: this.losses.open(), opened_at: this.openedAt, closed_at: this.closedAt, next_action_values: {} },
      ...this.talk.columns(),
      ...(isClosed ? { unread: 0 } : {}),
      next_update_due_at: this.promised ? iso(this.promised.due) : null,
    });
    this.keepsProblem();
    for (const row of this.losses.rows(this.caseId, this.problemId)) this.rows.add('impact', row);
  }

  private keepsProblem(): void {
    const { trouble, customer, way } = this.life;
    const agreed = this.agreedAt !== null && {
      ...{ agreed_at: this.agreedAt, agreed_by: customer.name, agreed_how: HOW[way] ?? 'message' },
      agreed_recorded_by: this.assignee?.displayName ?? HOUSE.name,
    };
    this.rows.add('problem', {
      ...{ id: this.problemId, case_id: this.caseId, statement: trouble.problem, created_at: this.openedAt },
      ...{ stage: STAGES[this.status] ?? 'in_solution', stage_at: this.openedAt, ...agreed },
    });
  }

  private tells({ kind, id, name }: Actor, at: string, { type, data }: NewEvent): void {
    this.version += 1;
    this.rows.add('case_event', {
      ...{ id: newId(), case_id: this.caseId, case_version: this.version, type, data },
      ...{
        actor_kind: kind,
        actor_id: id,
        actor_name: name,
        source: 'demo',
        at,
      },
    });
  }

  private customer(): Actor {
    return { kind: 'customer', id: null, name: this.life.customer.name };
  }

  private person(key: StaffKey): Principal {
    const found = this.house.people.get(key);
    if (!found) throw new Error(`the demo has nobody called ${key}`);
    return found;
  }
}

const iso = (at: number): string => new Date(at).toISOString();
