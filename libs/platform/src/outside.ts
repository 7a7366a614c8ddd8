import { isNativeError } from 'node:util/types';

/** How systems that are not ours are asked: no redirect is followed (what we carry is for them alone), and no answer is read without end. */

/** What a system that is not ours answered. */
export interface OutsideAnswer {
  status: number;
  /** 200 to 299. */
  ok: boolean;
  /** The beginning of its body, `most` bytes of it. */
  bytes: Buffer;
  /** Whether that is all of it. */
  isWhole: boolean;
  /** Seconds they ask to wait (RFC 9110 §10.2.3); null: they do not say, or name a date. */
  retryAfter: number | null;
}

export interface Limits {
  /** For the whole answer. */
  patienceMs: number;
  /** Bytes of the body; the rest is not read. */
  most: number;
}

/** What somebody reads of a refusal, in characters. */
const MOST_SAID = 300;

/** @throws Error when nobody answers in time, or not by HTTP: `reasonOf` says why */
export async function askOutside(
  url: string | URL,
  init: Omit<RequestInit, 'redirect' | 'signal'>,
  { patienceMs, most }: Limits,
): Promise<OutsideAnswer> {
  const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
  const { status, ok, headers } = answer;
  const wait = Number(headers.get('retry-after') ?? Number.NaN);
  return { status, ok, ...(await beginning(answer, most)), retryAfter: Number.isFinite(wait) ? wait : null };
}

async function beginning({ body }: Response, most: number): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const [parts, read] = [[] as Uint8Array[], { bytes: 0 }];
  // Whoever stops reading here lets go of the connection.
  for await (const part of body ?? []) {
    parts.push(part);
    read.bytes += part.length;
    if (read.bytes > most) return { bytes: Buffer.concat(parts).subarray(0, most), isWhole: false };
  }
  return { bytes: Buffer.concat(parts), isWhole: true };
}

/** What they said, to be read by a person. */
export const saidIn = ({ bytes }: OutsideAnswer): string => bytes.toString('utf8').slice(0, MOST_SAID);

/** Why nobody answered: fetch itself says no more than that it failed. */
export function reasonOf(error: unknown): string {
  if (!isNativeError(error)) return error instanceof DOMException ? error.message : String(error);
  return isNativeError(error.cause) ? error.cause.message : error.message;
}
