import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, Doorbell, personRoom, type Clock } from '#platform';

/** Rings at the people who were told something, wherever they are signed in, and at nobody else. */
@Injectable()
export class NotificationBell {
  constructor(
    private readonly doorbell: Doorbell,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** After the commit. */
  ring(personIds: string[]): void {
    if (personIds.length === 0) return;
    this.doorbell.ring(personIds.map(personRoom), 'notifications.changed', { at: this.clock.now().toISOString() });
  }
}
