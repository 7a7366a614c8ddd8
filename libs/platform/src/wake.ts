import { EventEmitter } from 'node:events';

export type WakeTopic =
  | 'relay'
  | 'delivery'
  | 'mail'
  | 'mailboxes'
  | 'imports'
  | 'updates'
  | 'policies'
  | 'ladders'
  | 'benefits'
  | 'handoffs';

/**
 * In-process wake-up calls, rung after a commit so that nobody waits for the next look. Only a hurry-up: every loop also
 * looks by itself, so a call that gets lost (another process, a crash) costs milliseconds, never work.
 */
export class Wake {
  private readonly emitter = new EventEmitter();

  ring(topic: WakeTopic): void {
    this.emitter.emit(topic);
  }

  on(topic: WakeTopic, listener: () => void): void {
    this.emitter.on(topic, listener);
  }
}
