import type { Benefit, IntakeValues, KnownFee } from '#contracts';

export type TakenGift = NonNullable<IntakeValues['give.benefits']>[number];
/** What somebody pays a month. */
export interface Fee {
  monthlyFeeCents: number;
  currency: string;
}

/** The fee a discount is on, as far as it is known; null: somebody has to say it. */
export const feeOf = (
  { values, currency }: Pick<Benefit, 'values' | 'currency'>,
  fees: readonly KnownFee[],
): Fee | null => {
  if (values.monthlyFeeCents) return { monthlyFeeCents: values.monthlyFeeCents, currency };
  const [known] = fees;
  return known ? { monthlyFeeCents: known.monthlyFeeCents, currency: known.currency } : null;
};

/** What was said of a discount that was given already; null: none was. */
export const feeSaid = (unknown: readonly { id: string }[], taken: readonly TakenGift[]): Fee | null => {
  const said = taken.find(({ id, monthlyFeeCents }) => monthlyFeeCents && unknown.some((one) => one.id === id));
  return said?.monthlyFeeCents && said.currency
    ? { monthlyFeeCents: said.monthlyFeeCents, currency: said.currency }
    : null;
};

/** What is given with a tap; null: it is a share of a fee nobody has said. */
export const giftOf = (
  one: Pick<Benefit, 'id' | 'kind' | 'values' | 'currency'>,
  fees: readonly KnownFee[],
  said: Fee | null,
): TakenGift | null => {
  if (one.kind !== 'fee_discount') return { id: one.id };
  const fee = feeOf(one, fees) ?? said;
  return fee && { id: one.id, ...fee };
};

/** Another fee is said: what is given of it already is of that one. */
export const withFee = (taken: readonly TakenGift[], unknown: readonly { id: string }[], fee: Fee): TakenGift[] =>
  taken.map((gift) => (unknown.some(({ id }) => id === gift.id) ? { ...gift, ...fee } : gift));

/**
 * Those that somebody with more say has to decide: what is taken counts first, in its order, then each of the others by itself.
 * @param left in cents; null: there is no limit
 */
export const aboveLimit = (
  proposed: readonly Pick<Benefit, 'id' | 'valueCents'>[],
  taken: readonly { id: string }[],
  left: number | null,
): Set<string> => {
  if (left === null) return new Set();
  const isTaken = ({ id }: { id: string }) => taken.some((one) => one.id === id);
  const above = new Set<string>();
  let given = 0;
  for (const one of [...proposed.filter(isTaken), ...proposed.filter((each) => !isTaken(each))]) {
    if (given + one.valueCents > left) above.add(one.id);
    else if (isTaken(one)) given += one.valueCents;
  }
  return above;
};
