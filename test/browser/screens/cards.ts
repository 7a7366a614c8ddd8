import type { CaseDetail, CustomerCard } from '#contracts';

/** The card of somebody of whom no system has said anything. */
export const cardOf = ({ id, customer }: CaseDetail, part: Partial<CustomerCard> = {}): CustomerCard => ({
  customerId: customer.id,
  displayName: customer.displayName,
  since: null,
  years: null,
  tier: { tier: customer.tier, by: 'standing', words: { es: 'Consta en su ficha', en: 'On their record' } },
  plans: [],
  value: { short: null, mid: null, long: null },
  commitmentsKnown: false,
  commitments: [],
  balances: [],
  tell: { allowed: false, needs: 'weak', has: 'none' },
  devices: [],
  preferences: { channel: null, hours: null, language: 'es', languageKnown: false, formality: null, said: {} },
  openCase: { id, reference: '' },
  pastCases: 0,
  said: [],
  ...part,
});

/** What the API would answer about cards; undefined: it is about something else. */
export function answerCard(
  cases: readonly CaseDetail[],
  { method, path }: { method: string; path: string },
): [number, unknown] | undefined {
  const [, room, id, deed] = path.split('/');
  const detail = room === 'customers' && deed === 'card' ? cases.find(({ customer }) => customer.id === id) : undefined;
  return method === 'GET' && detail ? [200, cardOf(detail)] : undefined;
}
