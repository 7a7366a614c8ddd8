import type { Partner } from '#contracts';
import type { PartnerDraft } from './partner.rules.js';

/** What every part of the form gets. */
export interface PartProps {
  partner: Partner;
  draft: PartnerDraft;
  edits: boolean;
  isChanged: boolean;
  change: (part: Partial<PartnerDraft>) => void;
}
