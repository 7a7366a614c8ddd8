import { io, type Socket } from 'socket.io-client';
import { CallRinging, CaseChanged, ChannelChanged } from '#contracts';
import { waitFor } from '../support/wait.js';
import type { Staff } from './staff.js';

export interface Rung extends CaseChanged {
  /** Milliseconds of `performance.now()`. */
  heardAt: number;
}

/** An open inbox: a socket on `/live`, and what it heard. */
export class Listener {
  readonly heard: Rung[] = [];
  /** Calls that rang. */
  readonly calls: CallRinging[] = [];
  /** Channels that rang. */
  readonly channels: ChannelChanged[] = [];
  /** Every event it was sent, by its name. */
  readonly events: string[] = [];
  /** Why the other side ended it; null while it is open. */
  ended: string | null = null;

  private constructor(private readonly socket: Socket) {
    const hear = (change: unknown) => this.heard.push({ ...CaseChanged.parse(change), heardAt: performance.now() });
    socket.onAny((event: string) => this.events.push(event));
    socket.on('case.changed', hear);
    socket.on('cases.changed', (changes: unknown[]) => changes.forEach(hear));
    socket.on('channel.changed', (change: unknown) => this.channels.push(ChannelChanged.parse(change)));
    socket.on('call.ringing', (call: unknown) => this.calls.push(CallRinging.parse(call)));
    socket.on('disconnect', (reason) => (this.ended = reason));
  }

  /**
   * @param asks what it says of itself when it connects
   * @throws Error when the server does not let it in
   */
  static async open(
    staff: Staff,
    headers: Record<string, string> = {},
    asks: { batched?: boolean } = {},
  ): Promise<Listener> {
    const socket = io(`${staff.url}/live`, {
      transports: ['websocket'],
      extraHeaders: { ...staff.headers, ...headers },
      auth: asks,
      reconnection: false,
      forceNew: true,
    });
    const listener = new Listener(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    }).catch((error: unknown) => {
      socket.close();
      throw error;
    });
    return listener;
  }

  /** What was heard about this case, from now on or already, with this type of event. */
  hears(caseId: string, type: string): Promise<Rung> {
    return waitFor(() => this.heard.find((change) => change.caseId === caseId && change.types.includes(type)));
  }

  /** Cases it heard of. */
  get cases(): Set<string> {
    return new Set(this.heard.map(({ caseId }) => caseId));
  }

  close(): void {
    this.socket.close();
  }
}
