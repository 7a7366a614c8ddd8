import { Buffer } from 'node:buffer';
import { z } from 'zod';
import type { Tmf621Peer } from '#contracts';
import { askOutside, saidIn } from '#platform';

const LIMITS = { patienceMs: 15_000, most: 65_536 };
const Granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().default(300) });

export type ClientAuth = Extract<Tmf621Peer['auth'], { kind: 'oauth2' }>;

/** A token that opens a partner's system, or what their token server said instead. */
export type Token = { value: string; seconds: number } | { value: null; isRefused: boolean; said: string };

/**
 * By client credentials (RFC 6749 §4.4), with name and secret in the header, as every token server must take them (§2.3.1).
 * @throws Error when nobody answers (`reasonOf`)
 */
export async function askToken({ tokenUrl, clientId, scope }: ClientAuth, secret: string): Promise<Token> {
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64');
  const answer = await askOutside(
    tokenUrl,
    {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }),
    },
    LIMITS,
  );
  const granted = answer.ok ? Granted.safeParse(parsed(answer.bytes.toString('utf8'))) : null;
  if (granted?.success) return { value: granted.data.access_token, seconds: granted.data.expires_in };
  const isRefused = [400, 401, 403].includes(answer.status);
  return { value: null, isRefused, said: `${answer.status} ${answer.ok ? 'no access_token' : saidIn(answer)}`.trim() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
