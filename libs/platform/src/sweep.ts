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
  private wait = new AbortController();
  private lastError = '';

  constructor(
    name: string,
    private readonly everyMs: number,
    /** Does a portion; true when there may be more right away. */
    private readonly work: () => Promise<boolean>,
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
    this.poke();
    await this.running;
    this.running = null;
  }

  /** There is something to do. */
  poke(): void {
    this.poked = true;
    this.wait.abort();
  }

  private async loop(): Promise<void> {
    let pause = this.everyMs;
    while (!this.stopping) {
      this.poked = false;
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
      if (pause > 0) await this.rest(pause);
    }
  }

  private async rest(ms: number): Promise<void> {
    if (this.poked || this.stopping) return;
    this.wait = new AbortController();
    // An abort is the wake-up call, not a failure.
    await sleep(ms, undefined, { signal: this.wait.signal, ref: true }).catch((error: unknown) => {
      if (!this.wait.signal.aborted) throw error;
    });
  }
}
