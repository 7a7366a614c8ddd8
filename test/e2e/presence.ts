import { io, type Socket } from 'socket.io-client';
import { CasePresence, type PresenceAnswer, type PresenceState } from '#contracts';
import { waitFor } from '../support/wait.js';
import type { Staff } from './staff.js';

/** A window of somebody of the house: where it says it is, and whom it is told of. */
export class Window {
  /** Everything it was told, in order. */
  readonly told: CasePresence[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('presence', (presence: unknown) => this.told.push(CasePresence.parse(presence)));
  }

  /** @param batched as our own browsers connect: told of what it watches only */
  static async open(staff: Staff, batched = false): Promise<Window> {
    const socket = io(`${staff.url}/live`, {
      transports: ['websocket'],
      extraHeaders: staff.headers,
      auth: batched ? { batched } : {},
      reconnection: false,
      forceNew: true,
    });
    const window = new Window(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return window;
  }

  say(event: string, wish: unknown): Promise<PresenceAnswer> {
    return this.socket.timeout(5_000).emitWithAck(event, wish) as Promise<PresenceAnswer>;
  }

  be(caseId: string, state: PresenceState | null): Promise<PresenceAnswer> {
    return this.say('presence', { caseId, state });
  }

  watch(...caseIds: string[]): Promise<PresenceAnswer> {
    return this.say('presence.watch', { caseIds });
  }

  /** What it was told last of a case, as "name: state". */
  now(caseId: string): string[] {
    const last = this.told.findLast((presence) => presence.caseId === caseId);
    return last?.people.map(({ displayName, state }) => `${displayName}: ${state}`) ?? [];
  }

  /** Waits until it knows just these people at the case. */
  async sees(caseId: string, ...people: string[]): Promise<void> {
    try {
      await waitFor(() => JSON.stringify(this.now(caseId)) === JSON.stringify(people));
    } catch (error) {
      throw new Error(`saw ${JSON.stringify(this.now(caseId))} instead of ${JSON.stringify(people)}`, { cause: error });
    }
  }

  close(): void {
    this.socket.close();
  }
}
