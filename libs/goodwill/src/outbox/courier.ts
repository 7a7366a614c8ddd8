import { Inject, Injectable } from '@nestjs/common';
import {
  askOutside,
  CLOCK,
  CONFIG,
  type Clock,
  type Config,
  reasonOf,
  saidIn,
  signatureOf,
  verdictOf,
} from '#platform';

/** Nobody reads more of what they answer than its first words. */
const LIMITS = { patienceMs: 10_000, most: 2_000 };

export interface Parcel {
  id: string;
  system: string;
  body: string;
}

/** What became of a try. */
export interface Handed {
  verdict: 'sent' | 'again' | 'dead';
  status: number | null;
  error: string | null;
  /** Seconds the other side asked to wait. */
  retryAfter: number | null;
}

/** Hands messages to the systems they are for: signed, with a key by which a repetition is known. */
@Injectable()
export class Courier {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'benefits'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Null: nobody has said where the systems are. */
  get url(): string | null {
    return this.config.benefits?.url ?? null;
  }

  async hand({ id, system, body }: Parcel): Promise<Handed> {
    const { benefits } = this.config;
    if (!benefits) throw new Error('nobody has said where messages about benefits go');
    const at = Math.floor(this.clock.now().getTime() / 1000);
    const headers = {
      ...{ 'content-type': 'application/json', 'idempotency-key': id },
      ...{ 'webhook-id': id, 'webhook-timestamp': String(at) },
      'webhook-signature': signatureOf(benefits.secret, id, at, body),
    };
    try {
      const url = `${benefits.url.replace(/\/+$/u, '')}/${system}`;
      const answer = await askOutside(url, { method: 'POST', headers, body }, LIMITS);
      const { status, retryAfter } = answer;
      const verdict = verdictOf(status);
      return { verdict, status, retryAfter, error: verdict === 'sent' ? null : saidIn(answer) };
    } catch (error) {
      return { verdict: 'again', status: null, error: reasonOf(error), retryAfter: null };
    }
  }
}
