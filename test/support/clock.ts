import type { Clock } from '#platform';

/** Time that moves only when a test says so. */
export class FakeClock implements Clock {
  private time: number;

  constructor(start: Date | string = '2026-03-02T09:00:00Z') {
    this.time = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.time);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  set(time: Date | string): void {
    this.time = new Date(time).getTime();
  }
}
