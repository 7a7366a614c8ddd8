import { DomainError } from '#platform';

/** Of one person wait at most so many: a screen asks for three parts at once, and people change their mind. */
const WAITING = 12;
/** So many are counted at once, whoever asks: everybody else needs connections too. */
const AT_ONCE = 2;

/** Counting reads a lot: one question of a person at a time, and few of all of them together. */
export class Turns {
  private readonly asked = new Map<string, number>();
  private readonly lines = new Map<string, Promise<unknown>>();
  private readonly free: (() => void)[] = [];
  private taken = 0;

  /** @throws DomainError analysis.busy when the person has asked too much already */
  async take<T>(person: string, work: () => Promise<T>): Promise<T> {
    const asked = this.asked.get(person) ?? 0;
    if (asked >= WAITING) throw new DomainError('analysis.busy');
    this.asked.set(person, asked + 1);
    const before = this.lines.get(person) ?? Promise.resolve();
    const mine = before.then(() => this.seated(work));
    // Whoever comes next waits for this one, however it ends.
    this.lines.set(
      person,
      mine.then(
        () => undefined,
        () => undefined,
      ),
    );
    try {
      return await mine;
    } finally {
      this.leave(person);
    }
  }

  private async seated<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken >= AT_ONCE) await new Promise<void>((go) => this.free.push(go));
    else this.taken += 1;
    try {
      return await work();
    } finally {
      const next = this.free.shift();
      if (next) next();
      else this.taken -= 1;
    }
  }

  private leave(person: string): void {
    const left = (this.asked.get(person) ?? 1) - 1;
    if (left > 0) this.asked.set(person, left);
    else {
      this.asked.delete(person);
      this.lines.delete(person);
    }
  }
}
