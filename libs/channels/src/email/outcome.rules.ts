import type { DeliveryReason } from '#contracts';

/** How far a try got before it failed. */
export interface FailedTry {
  /** The reply of the other side, when there was one: 250, 451, 550 … */
  responseCode: number | undefined;
  /** Its words. */
  response: string;
  /** The step it answered: `RCPT TO`, `DATA`, `AUTH …`, `CONN`. */
  command: string;
  /** What the connection broke of: `ECONNRESET`, `CERT_HAS_EXPIRED` … or the mailer's own `ETLS`. */
  code: string;
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

/** A certificate nobody vouches for, or encryption that is wanted and not offered. */
export const INSECURE =
  /^(?:ETLS$|CERT_|ERR_SSL_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET|VERIFY)_|HOSTNAME_MISMATCH|EPROTO$)/u;

/** Our login: refused, missing, or wanted by the relay. One that cannot check it now (454) is busy. */
const isLogin = ({ responseCode: code, command, code: cause }: FailedTry): boolean =>
  code === 530 || (cause === 'EAUTH' && code === undefined) || (command.startsWith('AUTH') && (code ?? 0) >= 500);

/** What says nothing about the message: encryption, our password, a relay that is busy or will not talk at all. */
function relayReason(failure: FailedTry): DeliveryReason | null {
  const { responseCode: code, command } = failure;
  if (command === 'STARTTLS' || (command === 'CONN' && !failure.handedOver && INSECURE.test(failure.code)))
    return 'channel.insecure';
  if (isLogin(failure)) return 'channel.unauthorised';
  if (code === undefined || code < 400) return null;
  if (code === 421) return 'channel.unreachable';
  return code < 500 || ['CONN', 'EHLO', 'HELO'].includes(command) ? 'channel.refused' : null;
}

/**
 * What a failed try means for the message. Without a reply, a message that was handed over whole may have arrived: nobody
 * knows. One that was not cannot: the receiver drops what has no end (RFC 5321 §4.1.1.4).
 */
export function outcomeOf(failure: FailedTry): FailedOutcome {
  const { responseCode: code, command } = failure;
  const reason = relayReason(failure);
  if (reason) return { outcome: 'retry', reason };
  if (code === undefined || code < 400)
    return failure.handedOver ? { outcome: 'unknown' } : { outcome: 'retry', reason: 'channel.unreachable' };
  return {
    outcome: 'failed',
    reason: command === 'RCPT TO' ? recipientReason(code, failure.response) : 'channel.refused',
  };
}
