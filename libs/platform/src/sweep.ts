import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A loop that looks for due work: at once when poked, else every `everyMs`. It never dies: an error is logged once until
 * it changes, and while errors last the next look waits longer (up to 5 s, or its usual pause).
 */
export class Sweep {
  private readonly log: Logger;
  private running: Promise<void> | null = null;
  private stopping = false;
  private poked = false;
  private wakeUp: () => void = () => undefined;
  private lastError = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(
    name: string,
    private readonly everyMs: number,
    /** Does a portion; true when there may be more right away. */
    private readonly work: () => Promise<boolean>,
    /** Looks begin at least so far apart while little is due: what is poked for one by one is done together. */
    private readonly leastMs: () => number = () => 0,
  ) {
    this.log = new Logger(name);
  }

  start(): void {
    this.stopping = false;
    this.running ??= this.loop();
  }

  /** Finishes the portion in hand. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    this.poke();
    await this.running;
    this.running = null;
  }

  /** There is something to do. */
  poke(): void {
    this.poked = true;
    this.wakeUp();
  }

  /** There will be something to do in so many milliseconds, before it would look again by itself. */
  pokeIn(ms: number): void {
    clearTimeout(this.timer);
    if (ms < this.everyMs && !this.stopping) this.timer = setTimeout(() => this.poke(), ms);
  }

  private async loop(): Promise<void> {
    let pause = this.everyMs;
    while (!this.stopping) {
      this.poked = false;
      const began = performance.now();
      try {
        const more = await this.work();
        pause = more ? 0 : this.everyMs;
        this.lastError = '';
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (message !== this.lastError) this.log.warn(message);
        this.lastError = message;
        pause = Math.max(this.everyMs, Math.min(5000, Math.max(250, pause * 2)));
        this.poked = false;
      }
      if (pause === 0) continue;
      await this.rest(pause);
      const early = this.leastMs() - (performance.now() - began);
      if (early > 0 && !this.stopping) await sleep(early);
    }
  }

  private async rest(ms: number): Promise<void> {
    if (this.poked || this.stopping) return;
    const rested = Promise.withResolvers<void>();
    this.wakeUp = rested.resolve;
    const timer = setTimeout(rested.resolve, ms);
    await rested.promise;
    clearTimeout(timer);
  }
}
