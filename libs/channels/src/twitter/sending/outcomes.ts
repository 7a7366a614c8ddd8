import type { SendOutcome } from '../../channel.js';
import type { AccountClosed } from '../accounts/index.js';

export const unknown = (detail: string, at?: Date): SendOutcome => ({ outcome: 'unknown', detail, at });
export const failed = (reason: Extract<SendOutcome, { outcome: 'failed' }>['reason'], detail: string): SendOutcome => ({
  outcome: 'failed',
  reason,
  detail,
});
export const notThere: SendOutcome = {
  outcome: 'retry',
  reason: 'channel.unreachable',
  detail: 'the message is not in the conversation',
};

/** The account is closed: its messages wait for it, however long that takes. */
export function closed({ state, detail, until }: AccountClosed, transmitting: boolean): SendOutcome {
  if (state === 'unknown') return transmitting ? unknown(detail) : failed('channel.not_configured', detail);
  if (state === 'unreachable') {
    return transmitting ? unknown(detail) : { outcome: 'retry', reason: 'channel.unreachable', detail };
  }
  return { outcome: 'wait', reason: `channel.${state}`, detail, at: until, transmitting };
}
