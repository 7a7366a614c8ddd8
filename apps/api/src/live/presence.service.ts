import { Inject, Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Namespace, Socket } from 'socket.io';
import {
  PRESENCE_LEASE_SECONDS,
  PresenceWatch,
  PresenceWish,
  type CasePresence,
  type LiveEvents,
  type LiveWishes,
  type PresenceAnswer,
  type PresenceState,
} from '#contracts';
import { viewersOf, visibleStore, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { PresenceView } from '#views';
import { PresenceLedger, type Move } from './presence-ledger.js';
import { allowed, type Allowance } from './presence.rules.js';
import { ALL_CASES, storeRoom, watchRoom } from './rooms.js';

/** Changes wait so long for others, so that many people moving at once are told of in one go. */
const GATHER_MS = 200;
/** How often processes say that they are alive, and windows are looked at. */
const BEAT_MS = 10_000;
/** After the database was away. */
const PATIENCE_MS = 2_000;
const SILENT_MS = 35_000;
/** What a socket may say: a burst when somebody leafs through their list, then so many a second. */
const BURST = 30;
const PER_SECOND = 5;
/** How long it is believed that somebody may see a case. */
const SEEN_MS = 10_000;

/** What processes tell each other. */
export interface BetweenServers {
  'presence.told': (process: string, told: number, moves: Move[]) => void;
  'presence.all': (process: string, told: number, moves: Move[]) => void;
  'presence.hello': (process: string) => void;
  'presence.gone': (process: string) => void;
}
type Rest<E extends keyof BetweenServers> = Parameters<BetweenServers[E]> extends [string, ...infer R] ? R : never;
export interface LiveSocketData {
  stillAllowed: () => Promise<Principal>;
  principal: Principal;
  batched: boolean;
}
export type LiveNamespace = Namespace<LiveWishes, LiveEvents, BetweenServers, LiveSocketData>;
type LiveSocket = Socket<LiveWishes, LiveEvents, BetweenServers, LiveSocketData>;

/**
 * Who is at which case, across all processes: each knows its own windows and is told of the others' over the adapter of the
 * sockets. A process tells its own sockets only, those who see the case and no others.
 */
@Injectable()
export class PresenceService {
  private readonly log = new Logger(PresenceService.name);
  private readonly process = randomUUID();
  private readonly ledger = new PresenceLedger();
  private readonly changed = new Set<string>();
  private moves: Move[] = [];
  private told = 0;
  private space: LiveNamespace | null = null;
  private reach: (() => boolean) | null = null;
  private gathering: NodeJS.Timeout | undefined;
  private beat: NodeJS.Timeout | undefined;

  constructor(
    private readonly view: PresenceView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param reach whether other processes can be reached now; null: there are none */
  attach(space: LiveNamespace, reach: (() => boolean) | null): void {
    this.space = space;
    this.reach = reach;
    space.on('connection', (socket) => this.seat(socket));
    if (reach) this.joinOthers(space);
    this.beat = setInterval(() => this.look(), BEAT_MS);
    this.beat.unref();
  }

  /** The others can be reached from now on: tells them who is here, and asks who is there. */
  greet(): void {
    this.toOthers('presence.hello');
    this.tellAll();
  }

  /** Takes this process's windows along; while the others can still be reached. */
  close(): void {
    clearInterval(this.beat);
    clearTimeout(this.gathering);
    this.toOthers('presence.gone');
    this.space = null;
  }

  /** Who is at these cases, of those this person may see. */
  async at(viewers: string | null, caseIds: string[]): Promise<CasePresence[]> {
    const seen = new Set(await this.view.seen(viewers, caseIds));
    return caseIds.filter((id) => seen.has(id)).map((caseId) => ({ caseId, people: this.ledger.asTold(caseId) }));
  }

  /** What everybody who is at a case is doing, by their id. */
  doing(): Map<string, PresenceState> {
    return this.ledger.doing();
  }

  /** Windows that have said nothing for too long are gone, and so are processes. */
  look(): void {
    const now = this.clock.now().getTime();
    for (const window of this.ledger.lapsed(now)) this.move({ window, sitting: null });
    for (const process of this.ledger.silentSince(now - SILENT_MS)) this.note(this.ledger.lose(process));
    this.toOthers('presence.told', this.told, []);
  }

  private seat(socket: LiveSocket): void {
    const window = `${this.process}/${socket.id}`;
    const bucket: Allowance = { left: BURST, at: this.clock.now().getTime() };
    const sight = new Map<string, number>();
    let turn = Promise.resolve();
    // One after the other: what a window said last is what holds, however long the database took for what it said first.
    const inTurn = (answer: unknown, deed: () => Promise<CasePresence[]>) => {
      const tell = typeof answer === 'function' ? (answer as (told: PresenceAnswer) => void) : () => undefined;
      if (!allowed(bucket, this.clock.now().getTime(), BURST, PER_SECOND))
        return tell({ ok: false, code: 'presence.too_often' });
      turn = turn.then(async () => tell(await this.answered(deed)));
    };
    socket.on('presence', (wish, answer) => inTurn(answer, () => this.be(socket, window, wish, sight)));
    socket.on('presence.watch', (wish, answer) => inTurn(answer, () => this.watch(socket, wish)));
    socket.on('disconnect', () => this.move({ window, sitting: null }));
  }

  private async answered(deed: () => Promise<CasePresence[]>): Promise<PresenceAnswer> {
    try {
      return { ok: true, items: await deed() };
    } catch (error) {
      if (error instanceof DomainError) return { ok: false, code: error.code };
      this.log.warn(`presence: ${String(error)}`);
      return { ok: false, code: 'server.unavailable' };
    }
  }

  private async be(
    socket: LiveSocket,
    window: string,
    said: unknown,
    sight: Map<string, number>,
  ): Promise<CasePresence[]> {
    const wish = PresenceWish.safeParse(said);
    if (!wish.success) throw new DomainError('request.invalid');
    const { caseId, state } = wish.data;
    if (state === null) {
      if (this.ledger.sittingOf(window)?.caseId === caseId) this.move({ window, sitting: null });
      return [];
    }
    const now = this.clock.now().getTime();
    if ((sight.get(caseId) ?? 0) <= now) {
      const viewers = visibleStore(socket.data.principal);
      if ((await this.view.seen(viewers, [caseId])).length === 0) throw new DomainError('case.not_found');
      sight.clear();
      sight.set(caseId, now + SEEN_MS);
    }
    if (!socket.connected) return [];
    const { id, displayName } = socket.data.principal;
    this.ledger.renew(window, now + PRESENCE_LEASE_SECONDS * 1000);
    const before = this.ledger.sittingOf(window);
    if (before?.caseId !== caseId || before.state !== state)
      this.move({ window, sitting: { caseId, person: { id, displayName }, state } });
    return [];
  }

  private async watch(socket: LiveSocket, said: unknown): Promise<CasePresence[]> {
    const wish = PresenceWatch.safeParse(said);
    if (!wish.success) throw new DomainError('request.invalid');
    const items = await this.at(visibleStore(socket.data.principal), [...new Set(wish.data.caseIds)]);
    const rooms = new Set(items.map(({ caseId }) => watchRoom(caseId)));
    for (const room of socket.rooms) if (room.startsWith(watchRoom('')) && !rooms.has(room)) await socket.leave(room);
    await socket.join([...rooms]);
    return items;
  }

  private move(move: Move): void {
    if (!move.sitting) this.ledger.forget(move.window);
    const changed = this.ledger.move(move);
    if (changed.length === 0) return;
    if (this.reach) this.moves.push(move);
    this.note(changed);
  }

  private note(caseIds: string[]): void {
    for (const id of caseIds) this.changed.add(id);
    if (this.changed.size > 0) this.gathering ??= setTimeout(() => void this.tell(), GATHER_MS);
  }

  /** Tells the other processes what moved here, and the sockets of this one what is new. */
  private async tell(): Promise<void> {
    if (this.moves.length > 0) {
      this.told += this.moves.length;
      this.toOthers('presence.told', this.told, this.moves);
      this.moves = [];
    }
    const caseIds = [...this.changed];
    this.changed.clear();
    try {
      const viewers = await this.view.viewersOf(caseIds);
      for (const caseId of caseIds) this.tellOf(caseId, viewers.get(caseId) ?? []);
    } catch (error) {
      this.log.warn(`presence is told later: ${String(error)}`);
      for (const id of caseIds) this.changed.add(id);
      await sleep(PATIENCE_MS, undefined, { ref: false });
    } finally {
      this.gathering = undefined;
      if (this.space) this.note([]);
    }
  }

  private tellOf(caseId: string, viewers: string[]): void {
    const people = this.ledger.news(caseId);
    if (!people || !this.space) return;
    this.space.local.to([ALL_CASES, ...viewers.map(storeRoom)]).emit('presence', { caseId, people });
    for (const id of this.space.adapter.rooms.get(watchRoom(caseId)) ?? []) {
      const socket = this.space.sockets.get(id);
      // Who watches may no longer see it; who is not `batched` was told above.
      if (!socket?.data.batched) continue;
      const sees = viewersOf(socket.data.principal);
      if (sees === null || sees.some((viewer) => viewers.includes(viewer))) socket.emit('presence', { caseId, people });
    }
  }

  private joinOthers(space: LiveNamespace): void {
    const now = () => this.clock.now().getTime();
    space.on('presence.told', (process, told, moves) => {
      const changed = this.ledger.hear(process, told, moves, now());
      if (changed) this.note(changed);
      else this.toOthers('presence.hello');
    });
    space.on('presence.all', (process, told, moves) => this.note(this.ledger.learn(process, told, moves, now())));
    space.on('presence.hello', () => this.tellAll());
    space.on('presence.gone', (process) => this.note(this.ledger.lose(process)));
    this.greet();
  }

  private tellAll(): void {
    this.toOthers('presence.all', this.told, this.ledger.own(this.process));
  }

  /** What cannot be sent is not kept: whoever missed it sees the gap, and asks for everything. */
  private toOthers<E extends keyof BetweenServers>(event: E, ...rest: Rest<E>): void {
    if (this.reach?.()) this.space?.serverSideEmit(event, ...([this.process, ...rest] as never));
  }
}
