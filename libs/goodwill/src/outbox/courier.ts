import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, CONFIG, type Clock, type Config, signatureOf, verdictOf } from '#platform';

const PATIENCE_MS = 10_000;
/** So much of an answer is kept, to be read by a person. */
const MOST_SAID = 300;

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
      const answer = await fetch(`${benefits.url.replace(/\/+$/u, '')}/${system}`, {
        ...{ method: 'POST', headers, body, redirect: 'manual' },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const words = (await answer.text()).slice(0, MOST_SAID);
      const verdict = verdictOf(answer.status);
      const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN);
      return {
        ...{ verdict, status: answer.status, error: verdict === 'sent' ? null : words },
        retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
      };
    } catch (error) {
      const because = error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : null;
      return { verdict: 'again', status: null, error: because?.message ?? String(error), retryAfter: null };
    }
  }
}
