import { isUnavailable } from './unavailable.js';

interface Waiting<T, R> {
  item: T;
  done: (result: R) => void;
  failed: (error: unknown) => void;
}

/**
 * Writes what many callers have to write: while one batch is on its way the next one gathers, so that many at once cost few
 * commits and a single one waits for nobody. What fails together is tried one by one: a bad item only fails itself.
 */
export class Gather<T, R = void> {
  private waiting: Waiting<T, R>[] = [];
  private writing = 0;

  /**
   * @param write gives one result per item, in their order; may run again with the same items
   * @param most of a batch
   * @param sideBySide batches on their way at once
   */
  constructor(
    private readonly write: (items: T[]) => Promise<R[]>,
    private readonly most = 100,
    private readonly sideBySide = 1,
  ) {}

  /** Resolves when the item is written. */
  add(item: T): Promise<R> {
    return new Promise((done, failed) => {
      this.waiting.push({ item, done, failed });
      if (this.writing < this.sideBySide) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.writing += 1;
    while (this.waiting.length > 0) await this.writeAll(this.waiting.splice(0, this.most));
    this.writing -= 1;
  }

  private async writeAll(batch: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.write(batch.map(({ item }) => item));
      batch.forEach(({ done }, at) => done(results[at] as R));
    } catch (error) {
      const isHopeless = batch.length === 1 || isUnavailable(error);
      if (isHopeless) for (const { failed } of batch) failed(error);
      else for (const one of batch) await this.writeAll([one]);
    }
  }
}
