import { Injectable } from '@nestjs/common';
import type { Tmf621Peer } from '#contracts';
import { Secrets } from '#platform';
import type { PartnerRecord } from './partner-record.js';

const PURPOSE = 'partner';

/** The peer as it is kept: its secret stands sealed beside it. */
export interface KeptPeer {
  peer: Tmf621Peer | null;
  secret: string | null;
}

/** @returns the peer without its secret, and the secret */
export function apart(peer: Tmf621Peer | null | undefined): KeptPeer {
  if (!peer) return { peer: null, secret: null };
  const { auth, url } = peer;
  if (auth.kind === 'api_key') {
    const { key, ...rest } = auth;
    return { peer: { url, auth: rest }, secret: key ?? null };
  }
  if (auth.kind === 'oauth2') {
    const { clientSecret, ...rest } = auth;
    return { peer: { url, auth: rest }, secret: clientSecret ?? null };
  }
  return { peer: { url, auth }, secret: null };
}

/**
 * Whether a secret that was entered for `before` may go to `now`: the same kind of door in the same place. Nobody gets it out by
 * having it sent elsewhere.
 */
export function isSamePlace(before: Tmf621Peer | null, now: Tmf621Peer): boolean {
  if (!before || before.auth.kind !== now.auth.kind) return false;
  if (before.auth.kind === 'oauth2' && now.auth.kind === 'oauth2')
    return before.auth.tokenUrl === now.auth.tokenUrl && before.auth.clientId === now.auth.clientId;
  return new URL(before.url).origin === new URL(now.url).origin;
}

/** Seals what opens partners' systems, and opens it for the gateway that calls them. */
@Injectable()
export class PartnerSecrets {
  constructor(private readonly secrets: Secrets) {}

  seal(secret: string): string {
    return this.secrets.seal(PURPOSE, secret);
  }

  /** Of the partner's own system: its API key, or the secret of our OAuth 2 client there; null: there is none. */
  open({ sealed }: Pick<PartnerRecord, 'sealed'>): string | null {
    return sealed === null ? null : this.secrets.open(PURPOSE, sealed);
  }
}
