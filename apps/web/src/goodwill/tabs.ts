/** Parts of the screen of goodwill. */
export const GOODWILL_TABS = ['approvals', 'rules', 'limits', 'legal', 'ledgers', 'messages'] as const;
export type GoodwillTab = (typeof GOODWILL_TABS)[number];

export const readTab = (search: Record<string, unknown>): { tab?: GoodwillTab } => {
  const tab = GOODWILL_TABS.find((each) => each === search['tab']);
  return tab ? { tab } : {};
};
