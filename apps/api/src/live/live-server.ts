import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Server as HttpServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server, type Socket } from 'socket.io';
import { ApiTokenService, SessionService, viewersOf } from '#identity';
import { may, type LiveEvents, type LiveWishes } from '#contracts';
import { batched, CONFIG, DomainError, Doorbell, LIVE_NAMESPACE, type Config } from '#platform';
import { hangUpWhenIdle } from '../http/http-app.js';
import { SESSION_COOKIE } from '../http/session-cookie.js';
import { PresenceService, type BetweenServers, type LiveSocketData } from './presence.service.js';
import { ALL_CASES, CHANNELS, personRoom, sessionRoom, storeRoom, SUPERVISORS } from './rooms.js';

/** How often an open socket must still have its session. */
const RECHECK_MS = 60_000;

type LiveSocket = Socket<LiveWishes, LiveEvents, BetweenServers, LiveSocketData>;

/** Sockets on `/live`: the same session as HTTP, rooms by what the person may see. */
@Injectable()
export class LiveServer implements OnModuleDestroy {
  private readonly log = new Logger(LiveServer.name);
  private readonly redis: Redis[] = [];
  private server: Server<LiveWishes, LiveEvents, BetweenServers, LiveSocketData> | null = null;
  private http: HttpServer | undefined;
  private recheck: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: SessionService,
    private readonly tokens: ApiTokenService,
    private readonly doorbell: Doorbell,
    private readonly presence: PresenceService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  attach(http: HttpServer): void {
    this.http = http;
    const server = new Server<LiveWishes, LiveEvents, BetweenServers, LiveSocketData>(http, {
      serveClient: false,
      maxHttpBufferSize: 10_000,
      ...(this.config.redisUrl ? { adapter: this.redisAdapter(this.config.redisUrl) } : {}),
    });
    server.of(LIVE_NAMESPACE).use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(new Error(error instanceof DomainError ? error.code : 'server.unavailable')),
      );
    });
    this.doorbell.attach(server);
    this.presence.attach(
      server.of(LIVE_NAMESPACE),
      this.config.redisUrl ? () => this.redis[0]?.status === 'ready' : null,
    );
    this.server = server;
    this.recheck = setInterval(() => void this.dropStrangers(), RECHECK_MS);
    this.recheck.unref();
  }

  /** Closes the sockets of a session that was logged out. */
  endSession(token: string): void {
    this.server?.of(LIVE_NAMESPACE).in(sessionRoom(token)).disconnectSockets(true);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.recheck);
    this.presence.close();
    // Closes the HTTP server as well.
    if (this.http) hangUpWhenIdle(this.http);
    await this.server?.close();
    for (const connection of this.redis) connection.disconnect();
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const bearer: unknown = socket.handshake.auth['token'];
    const cookie = cookieValue(socket.handshake.headers.cookie ?? '');
    const token = typeof bearer === 'string' ? bearer : cookie;
    if (!token) throw new DomainError('session.required');
    this.refuseOtherSites(socket);
    socket.data.stillAllowed = () =>
      typeof bearer === 'string' ? this.tokens.authenticate(token) : this.sessions.stillHolds(token);
    const principal = await socket.data.stillAllowed();
    socket.data.principal = principal;
    socket.data.batched = socket.handshake.auth['batched'] === true;
    const sees = viewersOf(principal)?.map(storeRoom) ?? [ALL_CASES];
    await socket.join([
      ...(socket.data.batched ? sees.map(batched) : sees),
      ...(may(principal.role, 'channel.read') ? [CHANNELS] : []),
      ...(may(principal.role, 'supervise') ? [SUPERVISORS] : []),
      personRoom(principal.id),
      sessionRoom(token),
    ]);
  }

  private refuseOtherSites(socket: LiveSocket): void {
    const { origin, host } = socket.handshake.headers;
    if (
      origin !== undefined &&
      new URL(origin).host !== host &&
      new URL(origin).host !== new URL(this.config.http.baseUrl).host
    )
      throw new DomainError('session.cross_site');
  }

  /** Closes the sockets whose session is over. A database that is away says nothing about a session. */
  async dropStrangers(): Promise<void> {
    const sockets = [...(this.server?.of(LIVE_NAMESPACE).sockets.values() ?? [])];
    for (const socket of sockets)
      await socket.data.stillAllowed().catch((error: unknown) => {
        this.log.debug(`socket not allowed: ${String(error)}`);
        if (error instanceof DomainError) socket.disconnect(true);
      });
  }

  private redisAdapter(url: string) {
    const publisher = new Redis(url);
    const subscriber = publisher.duplicate();
    for (const connection of [publisher, subscriber]) connection.on('error', (error) => this.log.warn(error.message));
    publisher.on('ready', () => this.presence.greet());
    this.redis.push(publisher, subscriber);
    return createAdapter(publisher, subscriber);
  }
}

function cookieValue(header: string): string | undefined {
  const pair = header.split(/;\s*/u).find((part) => part.startsWith(`${SESSION_COOKIE}=`));
  return pair?.slice(SESSION_COOKIE.length + 1);
}
