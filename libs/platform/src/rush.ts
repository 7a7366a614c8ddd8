/** After so long what happened weighs half as much. */
const HALF_LIFE_MS = 500;
/** About seventy events a second and more. */
const MANY = 50;

/**
 * Whether much is coming in at this moment: what can wait a little then waits, so that what comes in is taken in. Of this
 * process; one that takes nothing in has no rush.
 */
export class Rush {
  private level = 0;
  private at = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** So many events have happened. */
  note(events: number): void {
    this.level = this.current() + events;
    this.at = this.now();
  }

  get on(): boolean {
    return this.current() >= MANY;
  }

  private current(): number {
    return this.level * 0.5 ** ((this.now() - this.at) / HALF_LIFE_MS);
  }
}
