import type { HealthReason } from '#contracts';
import type { ChannelHealth } from '../../health/index.js';
import { AccountClosed } from '../accounts/index.js';
import type { CallFailure } from '../call-failure.js';
import { detailOf } from '../send-outcome.rules.js';

/** What is wrong with asking X, in the words of the health page. */
export interface PollTrouble {
  reason: HealthReason;
  detail: string;
}

export function troubleOf(failure: CallFailure | AccountClosed): PollTrouble {
  if (failure instanceof AccountClosed) {
    const { state, detail } = failure;
    return { reason: state === 'unknown' ? 'channel.reconnect' : `channel.${state}`, detail };
  }
  if (failure.kind === 'broken') return { reason: 'channel.unreachable', detail: failure.detail };
  return { reason: reasonOf(failure.status), detail: detailOf(failure) };
}

function reasonOf(status: number): HealthReason {
  if (status === 429) return 'channel.rate_limited';
  if (status === 401) return 'channel.reconnect';
  if (status === 402) return 'channel.no_credit';
  return status >= 500 ? 'channel.unreachable' : 'channel.failing';
}

/** What polling says of one account. */
export class PollHealth {
  private readonly key: string;

  constructor(
    private readonly health: ChannelHealth,
    private readonly userId: string,
    /** What people call the account. */
    public label: string,
  ) {
    this.key = `twitter:${userId}:poll`;
  }

  works(): Promise<void> {
    return this.health.report(this.key, { channel: 'twitter', label: this.label, state: 'ok' });
  }

  fails(trouble: PollTrouble): Promise<void> {
    return this.health.report(this.key, { channel: 'twitter', label: this.label, state: 'trouble', ...trouble });
  }

  found(): void {
    this.health.seen(this.key, 'in');
  }

  async forget(): Promise<void> {
    await this.health.forget(this.key);
    await this.health.forget(`twitter:${this.userId}:webhook`);
  }
}
