import { Injectable } from '@nestjs/common';
import { Rush } from '#platform';

interface Waiting {
  read: () => Promise<unknown>;
  answers: PromiseWithResolvers<unknown>;
}

/**
 * Where readers of lists stand in line while much is coming in: a thousand open inboxes that ask again at every ring would
 * keep out the mail they ask for. Who asks what somebody in the line asks already gets the same answer; it is never older
 * than the question.
 */
@Injectable()
export class ReadLine {
  private readonly waiting = new Map<string, Waiting>();
  private reading = 0;

  constructor(private readonly rush: Rush) {}

  /** @param question all that the answer depends on, as text */
  async ask<T>(question: string, read: () => Promise<T>): Promise<T> {
    if (this.reading === 0 || !this.rush.on) return this.run(read);
    const known = this.waiting.get(question) ?? { read, answers: Promise.withResolvers<unknown>() };
    this.waiting.set(question, known);
    return (await known.answers.promise) as T;
  }

  private async run<T>(read: () => Promise<T>): Promise<T> {
    this.reading += 1;
    try {
      return await read();
    } finally {
      this.reading -= 1;
      this.next();
    }
  }

  /** The first of the line; all of it once the rush is over. */
  private next(): void {
    for (const [question, { read, answers }] of this.waiting) {
      if (this.reading > 0 && this.rush.on) return;
      this.waiting.delete(question);
      this.run(read).then(answers.resolve, answers.reject);
    }
  }
}
