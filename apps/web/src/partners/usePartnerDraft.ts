import { useState } from 'react';
import type { Partner } from '#contracts';
import { draftOver } from './draftOver.rules.js';
import { draftOf, type PartnerDraft } from './partner.rules.js';

/** What is typed about a partner, and the version it is typed over. It follows newer ones until something is typed; from then on it is kept. */
export function usePartnerDraft(partner: Partner) {
  const [held, setHeld] = useState(() => ({ base: partner, draft: draftOf(partner) }));
  const { base, draft } = held;
  const begin = (from: Partner) => setHeld({ base: from, draft: draftOf(from) });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(base));
  const isNewer = partner.version > base.version;
  if (isNewer && !isChanged) begin(partner);
  const over = isNewer && isChanged ? draftOver(partner, draft, base) : null;
  return {
    ...{ draft, isChanged, version: base.version, begin },
    /** A newer version is there: what both changed. Null: there is none. */
    clashes: over?.clashes ?? null,
    change: (part: Partial<PartnerDraft>) => setHeld((now) => ({ ...now, draft: { ...now.draft, ...part } })),
    /** What was typed goes on over the newer one. */
    keep: () => setHeld({ base: partner, draft: over?.draft ?? draft }),
  };
}
