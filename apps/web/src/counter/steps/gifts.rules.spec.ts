import { aboveLimit, feeOf, feeSaid, giftOf, withFee } from './gifts.rules.js';

const gift = (id: string, valueCents: number) => ({ id, valueCents });

describe('what a counter may give', () => {
  it.each<[string, { id: string }[], number | null, string[]]>([
    ['no limit', [], null, []],
    ['each by itself fits', [], 1500, []],
    ['one is too much by itself', [], 900, ['a']],
    ['what is taken leaves less for the other', [{ id: 'a' }], 1500, ['b']],
    ['whichever was taken', [{ id: 'b' }], 1500, ['a']],
    ['both taken: the second has to wait', [{ id: 'a' }, { id: 'b' }], 1500, ['b']],
    ['nothing left', [], 0, ['a', 'b']],
  ])('%s', (_why, taken, left, above) =>
    expect([...aboveLimit([gift('a', 1000), gift('b', 800)], taken, left)].toSorted()).toEqual(above),
  );

  it('a discount is on the fee it names, else on the one their account names', () => {
    const fees = [{ monthlyFeeCents: 3000, currency: 'EUR', plan: null, number: '600' }];
    expect(feeOf({ values: { monthlyFeeCents: 2500 }, currency: 'EUR' }, fees)?.monthlyFeeCents).toBe(2500);
    expect(feeOf({ values: { monthlyFeeCents: null }, currency: 'EUR' }, fees)?.monthlyFeeCents).toBe(3000);
    expect(feeOf({ values: {}, currency: 'EUR' }, [])).toBeNull();
  });

  describe('a share of a fee that somebody has to say', () => {
    const share = { id: 'a', kind: 'fee_discount', values: {}, currency: 'EUR' } as const;
    const fee = (cents: number) => ({ monthlyFeeCents: cents, currency: 'EUR' });

    it('is not given before it is said', () => expect(giftOf(share, [], null)).toBeNull());

    it('is of what was said, also once somebody comes back to it', () => {
      const taken = [{ id: 'b' }, { id: 'a', ...fee(3000) }];
      expect(feeSaid([share], taken)).toEqual(fee(3000));
      expect(giftOf(share, [], feeSaid([share], taken))).toEqual({ id: 'a', ...fee(3000) });
      expect(feeSaid([share], [{ id: 'b', ...fee(3000) }])).toBeNull();
    });

    it('follows the fee that is said after it was given', () =>
      expect(withFee([{ id: 'b' }, { id: 'a', ...fee(3000) }], [share], fee(4500))).toEqual([
        { id: 'b' },
        { id: 'a', ...fee(4500) },
      ]));

    it('a fee their account names comes first; a voucher needs none', () => {
      const known = [{ ...fee(2500), plan: null, number: '600' }];
      expect(giftOf(share, known, fee(3000))).toEqual({ id: 'a', ...fee(2500) });
      expect(giftOf({ ...share, kind: 'voucher' }, [], null)).toEqual({ id: 'a' });
    });
  });
});
