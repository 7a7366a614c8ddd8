const SHOWN = ['demand', 'models', 'rules'] as const;

/** Which store's phones, or what else of lending. */
export function readLoaners({ show, store }: Record<string, unknown>): {
  show?: (typeof SHOWN)[number];
  store?: string;
} {
  const part = SHOWN.find((each) => each === show);
  return { ...(part ? { show: part } : {}), ...(typeof store === 'string' ? { store } : {}) };
}
