import type { DeliveryReason } from '#contracts';

/** How far a try got before it failed. */
export interface FailedTry {
  /** The reply of the other side, when there was one: 250, 451, 550 … */
  responseCode: number | undefined;
  /** Its words. */
  response: string;
  /** The step it answered: `RCPT TO`, `DATA`, `AUTH …`, `CONN`. */
  command: string;
  /** The last byte of the message was given to the connection: from then on it may have been taken. */
  handedOver: boolean;
}

export type FailedOutcome =
  { outcome: 'retry'; reason: DeliveryReason } | { outcome: 'failed'; reason: DeliveryReason } | { outcome: 'unknown' };

/** Addresses that do not exist (RFC 5321 §4.2.3); a policy refusal (X.7.X, RFC 3463) says something else with the same number. */
function recipientReason(code: number, response: string): DeliveryReason {
  const enhanced = /^\d{3}[ -](\d)\.(\d{1,3})\.(\d{1,3})\b/u.exec(response);
  if (enhanced) return enhanced[2] === '1' ? 'recipient.unknown' : 'recipient.refused';
  return code === 550 || code === 551 || code === 553 ? 'recipient.unknown' : 'recipient.refused';
}

/**
 * What a failed try means for the message. Without a reply, a message that was handed over whole may have arrived: nobody
 * knows. One that was not cannot: the receiver drops what has no end (RFC 5321 §4.1.1.4).
 */
export function outcomeOf(failure: FailedTry): FailedOutcome {
  const { responseCode: code, command } = failure;
  if (code === undefined || code < 400)
    return failure.handedOver ? { outcome: 'unknown' } : { outcome: 'retry', reason: 'channel.unreachable' };
  // Our own password or right to send: nothing is wrong with the message.
  if (command.startsWith('AUTH') || code === 530) return { outcome: 'retry', reason: 'channel.unauthorised' };
  if (code === 421) return { outcome: 'retry', reason: 'channel.unreachable' };
  if (code < 500) return { outcome: 'retry', reason: 'channel.refused' };
  if (command === 'RCPT TO') return { outcome: 'failed', reason: recipientReason(code, failure.response) };
  // The relay refuses to talk at all, to this or any message.
  if (command === 'CONN' || command === 'EHLO' || command === 'HELO')
    return { outcome: 'retry', reason: 'channel.refused' };
  return { outcome: 'failed', reason: 'channel.refused' };
}
