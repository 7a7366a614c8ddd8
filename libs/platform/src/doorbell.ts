import { Emitter } from '@socket.io/redis-emitter';
import { Redis } from 'ioredis';
import { Logger } from '@nestjs/common';
import type { Server } from 'socket.io';
import type { LiveEvents } from '#contracts';

export const LIVE_NAMESPACE = '/live';

/** Rooms are what a person may see: every case, or the cases of one store. */
export const ALL_CASES = 'cases';
export const storeRoom = (storeId: string): string => `store:${storeId}`;
/** Those of a room of cases who asked to be told of many cases at once. */
export const batched = (room: string): string => `${room}:batched`;
/** Those who see how the channels are doing. */
export const CHANNELS = 'channels';
/** Those who look after the work of others. */
export const SUPERVISORS = 'supervisors';
/** Everywhere this person is signed in. */
export const personRoom = (personId: string): string => `person:${personId}`;

interface Ring {
  emit<E extends keyof LiveEvents>(event: E, ...args: Parameters<LiveEvents[E]>): unknown;
  except(rooms: string[]): Ring;
}
interface Broadcaster {
  to(rooms: string[]): Ring;
}

/** Who hears: everybody in one of these rooms who is in none of the others. */
export interface Rooms {
  to: string[];
  except: string[];
}

/**
 * Rings at every browser that may know: through the socket server of this process, or through Redis when the servers are
 * elsewhere. Says what changed, never what it is.
 */
export class Doorbell {
  private readonly redis: Redis | null;
  private broadcaster: Broadcaster | null = null;

  constructor(redisUrl: string | undefined) {
    this.redis = redisUrl ? new Redis(redisUrl) : null;
    this.redis?.on('error', (error) => new Logger(Doorbell.name).warn(error.message));
    if (this.redis) this.broadcaster = new Emitter<LiveEvents>(this.redis).of(LIVE_NAMESPACE);
  }

  /** The socket server of this process, when it has one. */
  attach(server: Server): void {
    this.broadcaster = server.of(LIVE_NAMESPACE);
  }

  ring<E extends keyof LiveEvents>(rooms: string[] | Rooms, event: E, ...args: Parameters<LiveEvents[E]>): void {
    const { to, except } = Array.isArray(rooms) ? { to: rooms, except: [] } : rooms;
    const ring = this.broadcaster?.to(to);
    (except.length > 0 ? ring?.except(except) : ring)?.emit(event, ...args);
  }

  close(): void {
    this.redis?.disconnect();
  }
}
