import { useState } from 'react';
import type { Partner } from '#contracts';
import { draftOf, draftOver, type PartnerDraft } from './partner.rules.js';

/** What is typed about a partner, and the version it is typed over. It follows newer ones until something is typed; from then on it is kept. */
export function usePartnerDraft(partner: Partner) {
  const [held, setHeld] = useState(() => ({ base: partner, draft: draftOf(partner) }));
  const { base, draft } = held;
  const begin = (from: Partner) => setHeld({ base: from, draft: draftOf(from) });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(base));
  const isNewer = partner.version > base.version;
  if (isNewer && !isChanged) begin(partner);
  return {
    ...{ draft, isChanged, version: base.version, isOutdated: isNewer && isChanged, begin },
    change: (part: Partial<PartnerDraft>) => setHeld((now) => ({ ...now, draft: { ...now.draft, ...part } })),
    /** What was typed goes on over the newer one. */
    keep: () => setHeld({ base: partner, draft: draftOver(partner, draft, base) }),
  };
}
