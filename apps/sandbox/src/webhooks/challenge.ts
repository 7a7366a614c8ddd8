import { createHmac, randomBytes } from 'node:crypto';

export interface ChallengeResult {
  valid: boolean;
  /** Why not, in X's words where it has them. */
  reason: string | null;
}

/** `sha256=` and the base64 HMAC of the consumer secret: of a challenge's token, and of every body delivered. */
export function signatureOf(consumerSecret: string, content: string | Buffer): string {
  return `sha256=${createHmac('sha256', consumerSecret).update(content).digest('base64')}`;
}

/** Asks an address to prove that it knows the consumer secret. Redirects are no proof. */
export async function challenge(url: string, consumerSecret: string, signal: AbortSignal): Promise<ChallengeResult> {
  const token = randomBytes(24).toString('base64url');
  const failed = (reason: string): ChallengeResult => ({ valid: false, reason: `CrcValidationFailed: ${reason}` });
  try {
    const answer = await fetch(`${url}?crc_token=${token}&nonce=${randomBytes(16).toString('hex')}`, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    const text = await answer.text();
    if (answer.status !== 200) return failed(`answered ${answer.status}`);
    const body: unknown = JSON.parse(text);
    const stated = typeof body === 'object' && body !== null && 'response_token' in body ? body.response_token : null;
    return stated === signatureOf(consumerSecret, token)
      ? { valid: true, reason: null }
      : failed('the response_token is not the HMAC of the crc_token');
  } catch (unanswered) {
    return failed(reasonOf(unanswered));
  }
}

/** What a failed `fetch` says, with the cause it hides. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
