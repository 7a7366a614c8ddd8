/** Parts of what is known of a partner. */
export const PARTNER_TABS = ['agreement', 'shared', 'form', 'reach', 'keys'] as const;
export type PartnerTab = (typeof PARTNER_TABS)[number];

export const readPartner = ({
  id,
  tab,
  show,
}: Record<string, unknown>): { id?: string; tab?: PartnerTab; show?: 'scores' } => {
  const known = PARTNER_TABS.find((each) => each === tab);
  return {
    ...(typeof id === 'string' ? { id } : {}),
    ...(known ? { tab: known } : {}),
    ...(show === 'scores' ? { show } : {}),
  };
};
