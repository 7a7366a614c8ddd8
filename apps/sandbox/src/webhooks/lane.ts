/** Runs what it is given, so many at a time, in the order given. */
export class Lane {
  private readonly waiting: (() => Promise<void>)[] = [];
  private running = 0;

  constructor(private readonly width: number) {}

  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push(() => work().then(resolve, reject));
      this.next();
    });
  }

  private next(): void {
    const work = this.running < this.width ? this.waiting.shift() : undefined;
    if (!work) return;
    this.running += 1;
    void work().finally(() => {
      this.running -= 1;
      this.next();
    });
  }
}
