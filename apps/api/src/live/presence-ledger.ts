import { mostOf, peopleOf, samePeople, type Sitting } from './presence.rules.js';
import type { PresenceState, PresentPerson } from '#contracts';

/** A window that moved: where it is now, or that it is gone (null). */
export interface Move {
  window: string;
  sitting: Sitting | null;
}

/** What one process knows of another's windows. */
interface Peer {
  /** How many moves it has told of: a gap means that some were lost. */
  told: number;
  heardAt: number;
  windows: Set<string>;
}

/**
 * Every window at every case, of this process and of those beside it. Memory only: presence is true for seconds and nothing is
 * decided by it. Windows are named `<process>/<socket>`.
 */
export class PresenceLedger {
  private readonly sittings = new Map<string, Sitting>();
  private readonly cases = new Map<string, Set<string>>();
  private readonly leases = new Map<string, number>();
  private readonly peers = new Map<string, Peer>();
  private readonly shown = new Map<string, PresentPerson[]>();

  /** @returns the cases at which somebody came, went or does something else */
  move({ window, sitting }: Move): string[] {
    const before = this.sittings.get(window);
    if (before) this.leave(window, before.caseId);
    if (sitting) {
      this.sittings.set(window, sitting);
      const windows = this.cases.get(sitting.caseId);
      if (windows) windows.add(window);
      else this.cases.set(sitting.caseId, new Set([window]));
    }
    return [...new Set([before?.caseId, sitting?.caseId])].filter((id) => id !== undefined);
  }

  at(caseId: string): PresentPerson[] {
    const windows = [...(this.cases.get(caseId) ?? [])];
    return peopleOf(windows.flatMap((window) => this.sittings.get(window) ?? []));
  }

  /** What each person who is at a case is doing there: the most of what they do in all their windows. */
  doing(): Map<string, PresenceState> {
    const doing = new Map<string, PresenceState>();
    for (const { person, state } of this.sittings.values())
      if (mostOf(state, doing.get(person.id)) === state) doing.set(person.id, state);
    return doing;
  }

  sittingOf(window: string): Sitting | null {
    return this.sittings.get(window) ?? null;
  }

  /** Who is at the case as everybody was told last: what changes from there on is told. */
  asTold(caseId: string): PresentPerson[] {
    return this.shown.get(caseId) ?? [];
  }

  /** @returns who is at the case, or null when everybody was told just that already */
  news(caseId: string): PresentPerson[] | null {
    const people = this.at(caseId);
    if (samePeople(people, this.shown.get(caseId) ?? [])) return null;
    if (people.length > 0) this.shown.set(caseId, people);
    else this.shown.delete(caseId);
    return people;
  }

  /** The window is alive until then (ms), unless it says so again. */
  renew(window: string, until: number): void {
    this.leases.set(window, until);
  }

  /** Own windows that have said nothing for too long. */
  lapsed(now: number): string[] {
    return [...this.leases].filter(([, until]) => until <= now).map(([window]) => window);
  }

  forget(window: string): void {
    this.leases.delete(window);
  }

  /** Own windows at a case, as a process that has just come needs them. */
  own(process: string): Move[] {
    return [...this.sittings]
      .filter(([window]) => window.startsWith(`${process}/`))
      .map(([window, sitting]) => ({ window, sitting }));
  }

  /**
   * What another process tells.
   * @param told how many moves it has told of, these included
   * @returns the cases that changed, or null when moves before these were lost: it must be asked for everything
   */
  hear(process: string, told: number, moves: Move[], now: number): string[] | null {
    const peer = this.peers.get(process);
    if (!peer || peer.told + moves.length !== told) return null;
    Object.assign(peer, { told, heardAt: now });
    return moves.flatMap((move) => {
      if (move.sitting) peer.windows.add(move.window);
      else peer.windows.delete(move.window);
      return this.move(move);
    });
  }

  /** All of another process's windows, whatever was known of them. @returns the cases that changed */
  learn(process: string, told: number, moves: Move[], now: number): string[] {
    const changed = this.lose(process);
    const windows = new Set(moves.map(({ window }) => window));
    this.peers.set(process, { told, heardAt: now, windows });
    return [...changed, ...moves.flatMap((move) => this.move(move))];
  }

  /** A process that is gone takes its windows along. @returns the cases that changed */
  lose(process: string): string[] {
    const windows = [...(this.peers.get(process)?.windows ?? [])];
    this.peers.delete(process);
    return windows.flatMap((window) => this.move({ window, sitting: null }));
  }

  /** Processes not heard of since then (ms). */
  silentSince(then: number): string[] {
    return [...this.peers].filter(([, { heardAt }]) => heardAt < then).map(([process]) => process);
  }

  private leave(window: string, caseId: string): void {
    this.sittings.delete(window);
    const windows = this.cases.get(caseId);
    windows?.delete(window);
    if (windows?.size === 0) this.cases.delete(caseId);
  }
}
