import { z } from 'zod';
import type { MailboxAccess } from '#contracts';

const TIMEOUT_MS = 15_000;
/** A token is renewed this long before it ends. */
const EARLY_MS = 60_000;

const Granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(300),
  refresh_token: z.string().min(1).optional(),
  /** Some say when the refresh token ends, which is when a person has to connect the account again. */
  refresh_token_expires_in: z.coerce.number().positive().optional(),
});

type Refreshable = Extract<MailboxAccess, { kind: 'refresh' }>;

/** The token server refused: the account must be connected again. Told as a refused login is. */
export class TokenRefused extends Error {
  readonly authenticationFailed = true;
}

/** Access tokens of one mailbox: fetched once for all who wait, kept until shortly before they end. */
export class MailboxTokens {
  private token: { value: string; until: number } | null = null;
  private fetching: Promise<string> | null = null;
  /** When what lets us in runs out: the refresh token where its server says so, else the access token, which is renewed. */
  endsAt: Date | null = null;

  constructor(
    private readonly access: Refreshable,
    /** Keeps the refresh token that replaces ours. */
    private readonly onRotated: (access: Refreshable) => Promise<void>,
  ) {}

  /** @throws TokenRefused; TypeError or another error when the token server cannot be reached */
  async current(): Promise<string> {
    if (this.token && Date.now() < this.token.until) return this.token.value;
    this.fetching ??= this.fetch().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  /** Whether it is time for another one; a connection lives longer than the token it began with. */
  get isOver(): boolean {
    return this.token !== null && Date.now() >= this.token.until;
  }

  /** The mail server did not take it. @returns whether another one may help */
  reject(): boolean {
    const hadOne = this.token !== null;
    this.token = null;
    return hadOne;
  }

  private async fetch(): Promise<string> {
    const { tokenUrl, clientId, clientSecret, refreshToken, scope } = this.access;
    const form = new URLSearchParams({
      grant_type: refreshToken ? 'refresh_token' : 'client_credentials',
      client_id: clientId,
      ...(clientSecret ? { client_secret: clientSecret } : {}),
      ...(refreshToken ? { refresh_token: refreshToken } : {}),
      ...(scope ? { scope } : {}),
    });
    const answer = await fetch(tokenUrl, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    if (answer.status === 400 || answer.status === 401 || answer.status === 403) throw new TokenRefused(errorIn(text));
    if (!answer.ok) throw new Error(`the token server answered ${answer.status}`);
    const granted = Granted.safeParse(parsed(text));
    if (!granted.success) throw new Error('the token server answered something that is no token');
    const { access_token: value, expires_in: seconds, refresh_token: rotated } = granted.data;
    this.endsAt = new Date(Date.now() + (granted.data.refresh_token_expires_in ?? seconds) * 1000);
    if (rotated && rotated !== refreshToken) {
      this.access.refreshToken = rotated;
      await this.onRotated(this.access);
    }
    this.token = { value, until: Date.now() + Math.max(1000, seconds * 1000 - EARLY_MS) };
    return value;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const Refusal = z.object({ error: z.string().max(100), error_description: z.string().max(500).optional() });

/** What a token server says when it refuses (RFC 6749 §5.2); nothing else of it is shown. */
function errorIn(text: string): string {
  const refusal = Refusal.safeParse(parsed(text));
  if (!refusal.success) return 'the token server refused';
  return [refusal.data.error, refusal.data.error_description].filter(Boolean).join(': ');
}
