import type { Way } from '../app/LeaveGuard.js';

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

/** Whether it leads to another part of the same form; the first of the list is shown without being named. */
export const isFormOf =
  (partnerId: string) =>
  (next: Way, current: Way): boolean => {
    const [to, from]: { id?: unknown; show?: unknown }[] = [next.search, current.search];
    return next.pathname === current.pathname && !to?.show && (to?.id === partnerId || to?.id === from?.id);
  };
