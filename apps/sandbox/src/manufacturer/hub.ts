import { randomUUID } from 'node:crypto';
import { type Clock, isoTime } from '../clock.js';
import { Lane } from '../webhooks/lane.js';
import { tmfProblems } from './problem.js';
import type { Happening } from './tickets.js';
import type { Ticket } from './ticket.shape.js';
import type { Weather } from './weather.js';

/** Somebody who is told what happens to their tickets. */
export interface Listener {
  id: string;
  callback: string;
  query: string;
  client: string;
}

/** One thing that is told: the same however often it is sent. */
export interface Notice {
  eventId: string;
  ticketId: string;
  type: string;
  body: string;
  callback: string;
}

export interface Sending {
  eventId: string;
  ticketId: string;
  type: string;
  attempt: number;
  status: number | null;
  reason: string | null;
  at: string;
}

export interface HubOptions {
  /** Waits after a sending that was not taken; then it is given up. */
  retryDelaysMs: readonly number[];
  hrefOf: (ticketId: string) => string;
}

const REORDER_WINDOW_MS = 500;
const KEPT = 2000;

/** The manufacturer's hub: tells listeners of events, in the way the day has it. */
export class Hub {
  private readonly listeners = new Map<string, Listener>();
  private readonly notices: Notice[] = [];
  private readonly log: Sending[] = [];
  private readonly stopping = new AbortController();
  private readonly timers = new Set<NodeJS.Timeout>();
  /** One event at a time: on a good day they come in the order in which things happened. */
  private readonly lane = new Lane(1);
  private gathered: Notice[] = [];
  private held: Notice[] = [];

  constructor(
    private readonly options: HubOptions,
    private readonly weather: Weather,
    private readonly now: Clock,
    private readonly changed: () => void,
  ) {}

  /** The same address again is the same listener. */
  subscribe(client: string, callback: string, query: string): Listener {
    const there = [...this.listeners.values()].find(
      (one) => one.client === client && one.callback === callback && one.query === query,
    );
    if (there) return there;
    const made = { id: randomUUID(), callback, query, client };
    this.listeners.set(made.id, made);
    this.changed();
    return made;
  }

  /** @throws TmfProblem 404 */
  unsubscribe(client: string, id: string): void {
    if (this.listeners.get(id)?.client !== client) throw tmfProblems.noListener(id);
    this.listeners.delete(id);
    this.changed();
  }

  all(): Listener[] {
    return [...this.listeners.values()];
  }

  restore(listeners: readonly Listener[]): void {
    for (const listener of listeners) this.listeners.set(listener.id, listener);
  }

  /** Every sending, newest last. */
  get sendings(): readonly Sending[] {
    return this.log;
  }

  /** Everything there was to tell, in the order in which it happened. */
  get told(): readonly Notice[] {
    return this.notices;
  }

  /** Something happened to the ticket of a client. Returns at once. */
  announce(happening: Happening, client: string): void {
    for (const listener of this.listeners.values()) {
      if (listener.client !== client || !wants(listener, happening)) continue;
      const notice = this.notice(happening, listener.callback);
      this.notices.push(notice);
      this.tell(notice);
    }
  }

  /** What was told of a ticket, or of all, once more; `reversed`: the newest first. Resolves when all of it was sent. */
  async replay({
    ticketId,
    copies,
    reversed,
  }: {
    ticketId?: string | undefined;
    copies: number;
    reversed: boolean;
  }): Promise<(number | null)[]> {
    const told = this.notices.filter((notice) => ticketId === undefined || notice.ticketId === ticketId);
    const statuses: (number | null)[] = [];
    for (const notice of reversed ? told.toReversed() : told) {
      const all = Array.from({ length: copies }, () => this.attempt(notice, 0));
      statuses.push(...(await Promise.all(all)));
    }
    return statuses;
  }

  /** The system is back: what could not be told is told now. */
  resume(): void {
    const held = this.held;
    this.held = [];
    for (const notice of held) this.tell(notice);
  }

  stop(): void {
    this.stopping.abort(new Error('the sandbox is stopping'));
    for (const timer of this.timers) clearTimeout(timer);
  }

  private tell(notice: Notice): void {
    const { events, down, reorder, delayMs } = this.weather.today;
    if (!events) return;
    if (down) return void this.held.push(notice);
    if (!reorder) return this.later(delayMs, () => this.deliver(notice));
    this.gathered.push(notice);
    if (this.gathered.length > 1) return;
    this.later(REORDER_WINDOW_MS + delayMs, async () => {
      const newestFirst = this.gathered.toReversed();
      this.gathered = [];
      for (const one of newestFirst) await this.deliver(one);
    });
  }

  private async deliver(notice: Notice): Promise<void> {
    if (this.weather.today.down) return void this.held.push(notice);
    await this.lane.run(async () => {
      const copies = Array.from({ length: this.weather.today.copies }, () => this.attempt(notice, 1));
      await Promise.all(copies);
    });
  }

  /** `attempt` counts from 1; 0 is a single try that is not repeated. */
  private async attempt(notice: Notice, attempt: number): Promise<number | null> {
    const { status, reason } = await this.post(notice);
    if (this.stopping.signal.aborted) return status;
    const { eventId, ticketId, type } = notice;
    this.log.push({ eventId, ticketId, type, attempt, status, reason, at: isoTime(this.now()) });
    if (this.log.length > KEPT) this.log.shift();
    this.changed();
    const wait = attempt === 0 ? undefined : this.options.retryDelaysMs[attempt - 1];
    const failed = status === null || status >= 300;
    if (failed && wait !== undefined) this.later(wait, async () => void (await this.attempt(notice, attempt + 1)));
    return status;
  }

  private async post({ callback, type, body }: Notice): Promise<{ status: number | null; reason: string | null }> {
    const url = new URL(callback);
    url.pathname = `${url.pathname.replace(/\/+$/u, '')}/listener/troubleTicket${type}Event`;
    try {
      const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(10_000)]);
      const headers = { 'content-type': 'application/json;charset=utf-8', 'user-agent': 'Orbe-Service/4.2' };
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      await answer.arrayBuffer();
      return { status: answer.status, reason: null };
    } catch (unanswered) {
      return { status: null, reason: unanswered instanceof Error ? unanswered.message : String(unanswered) };
    }
  }

  private notice({ event, ticket }: Happening, callback: string): Notice {
    const eventId = randomUUID();
    const at = isoTime(this.now());
    const href = this.options.hrefOf(ticket.id);
    const body = {
      eventId,
      eventTime: at,
      eventType: `TroubleTicket${event}Event`,
      correlationId: ticket.id,
      domain: 'service',
      title: `${ticket.id} ${event}`,
      description: ticket.name ?? ticket.description.slice(0, 120),
      priority: ticket.priority ?? '3',
      timeOcurred: at,
      event: { troubleTicket: this.weather.today.thin ? { id: ticket.id, href } : { ...ticket, href } },
    };
    return { eventId, ticketId: ticket.id, type: event, body: JSON.stringify(body), callback };
  }

  private later(ms: number, work: () => Promise<void>): void {
    if (this.stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void work();
    }, ms);
    this.timers.add(timer);
  }
}

/** `eventType=…` and attributes of the ticket, as `query` of a listener names them; none: everything. */
function wants({ query }: Listener, { event, ticket }: Happening): boolean {
  const asked = new URLSearchParams(query.replace(/^\?/u, ''));
  const types = asked.getAll('eventType').flatMap((value) => value.split(','));
  if (types.length > 0 && !types.some((type) => type === event || type === `TroubleTicket${event}Event`)) return false;
  return ['status', 'severity', 'ticketType', 'externalId'].every((name) => {
    const wanted = asked.getAll(name).flatMap((value) => value.split(','));
    return wanted.length === 0 || wanted.includes(String(ticket[name as keyof Ticket] ?? ''));
  });
}
