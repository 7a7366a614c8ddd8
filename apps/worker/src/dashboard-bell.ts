import { type Doorbell, SUPERVISORS } from '#platform';

/** Rings begin at least so far apart: figures that move all the time are read twice a second. */
const EVERY_MS = 500;

/** Tells those who supervise that a figure may have changed: at once, and of many changes together. */
export class DashboardBell {
  private timer: NodeJS.Timeout | null = null;
  private silentUntil = 0;

  constructor(private readonly doorbell: Pick<Doorbell, 'ring'>) {}

  ring(): void {
    const wait = this.silentUntil - performance.now();
    if (wait <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private flush(): void {
    this.stop();
    this.silentUntil = performance.now() + EVERY_MS;
    this.doorbell.ring([SUPERVISORS], 'dashboard.changed', { at: new Date().toISOString() });
  }
}
