/** What was found lately, of the keys that were asked for last: never more of them than `most`, whatever anybody asks for. */
export class Lately<V> {
  private readonly known = new Map<string, V>();

  constructor(private readonly most: number) {}

  get(key: string): V | undefined {
    const found = this.known.get(key);
    if (found !== undefined) this.set(key, found);
    return found;
  }

  set(key: string, value: V): void {
    this.known.delete(key);
    this.known.set(key, value);
    const [oldest] = this.known.keys();
    if (this.known.size > this.most && oldest !== undefined) this.known.delete(oldest);
  }

  delete(key: string): void {
    this.known.delete(key);
  }

  clear(): void {
    this.known.clear();
  }
}

/** One answer for all who ask for the same within `ms`: the first of them has it found. What fails is told to them and not kept. */
export class Shared<V> {
  private readonly answers: Lately<{ until: number; answer: Promise<V> }>;

  constructor(
    private readonly ms: number,
    most: number,
  ) {
    this.answers = new Lately(most);
  }

  of(key: string, find: () => Promise<V>): Promise<V> {
    const known = this.answers.get(key);
    if (known && performance.now() < known.until) return known.answer;
    const entry = { until: performance.now() + this.ms, answer: find() };
    this.answers.set(key, entry);
    entry.answer.catch(() => {
      if (this.answers.get(key) === entry) this.answers.delete(key);
    });
    return entry.answer;
  }

  /** Everybody who asks from now on has it found anew. */
  forget(): void {
    this.answers.clear();
  }
}
