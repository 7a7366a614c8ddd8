import type { Hands, Leg } from './custody.js';
import { LegState } from './handoffs.words.js';
import { isAtHand, legDeeds, mayBe, nextMove, UNNAMED, type LegDeed } from './leg.rules.js';

const hands = (kind: Hands['kind'], name: string, id: string | null = name): Hands => ({ kind, id, name });
const SHOP = hands('store', 'Centro');
const OTHER_SHOP = hands('store', 'Norte');
const ORBE = hands('partner', 'Orbe');
const CUSTOMER = hands('customer', 'Grace');
const COURIER = hands('courier', 'Rapid', null);
const leg = (state: LegState, courier: Hands | null = COURIER): Pick<Leg, 'state' | 'from' | 'to' | 'courier'> => ({
  ...{ state, courier, from: SHOP, to: ORBE },
});

describe('what can be done with a shipment of a shop to a partner', () => {
  const table: [LegState, string, Hands | null, LegDeed[]][] = [
    ['planned', 'the shop', SHOP, ['pick_up', 'expect', 'cancel']],
    ['planned', 'nobody we know of', null, ['pick_up', 'expect', 'cancel']],
    ['planned', 'another shop', OTHER_SHOP, ['expect', 'cancel']],
    ['planned', 'the customer', CUSTOMER, ['expect', 'cancel']],
    ['planned', 'a courier, of another shipment', COURIER, ['expect', 'cancel']],
    ['under_way', 'the courier', COURIER, ['arrive', 'expect', 'back', 'lose']],
    ['under_way', 'the partner, as was said at the repair', ORBE, ['arrive', 'expect', 'cancel', 'lose']],
    ['under_way', 'the shop: it came back without a scan', SHOP, ['expect', 'cancel', 'lose']],
    ['lost', 'the courier', COURIER, ['arrive', 'back']],
    ['lost', 'the shop', SHOP, ['cancel']],
    ['arrived', 'the partner', ORBE, []],
    ['arrived', 'a courier, of the way back', COURIER, []],
    ['cancelled', 'the shop', SHOP, []],
  ];
  it.each(table)('%s, and it is with %s', (state, _who, holder, deeds) =>
    expect(legDeeds(leg(state), holder)).toEqual(deeds),
  );

  it('what nobody carries goes from hand to hand, and only from whoever sends it', () => {
    expect(legDeeds(leg('planned', null), SHOP)).toEqual(['arrive', 'expect', 'cancel']);
    expect(legDeeds(leg('planned', null), OTHER_SHOP)).toEqual(['expect', 'cancel']);
  });

  it.each(LegState.options)('%s: nothing is offered that the phone is not there for', (state) => {
    for (const holder of [null, SHOP, OTHER_SHOP, ORBE, CUSTOMER, COURIER])
      for (const courier of [null, COURIER]) {
        const move = nextMove(leg(state, courier));
        const offered = legDeeds(leg(state, courier), holder);
        expect(move !== null && offered.includes(move)).toBe(move !== null && isAtHand(leg(state), holder));
      }
  });
});

it('a courier is known by their name, which may not be known', () => {
  expect(mayBe(COURIER, hands('courier', 'RAPID', null))).toBe(true);
  expect(mayBe(COURIER, hands('courier', 'Lenta', null))).toBe(false);
  expect(mayBe(COURIER, hands('courier', UNNAMED, null))).toBe(true);
  expect(mayBe(SHOP, hands('store', UNNAMED, null))).toBe(true);
  expect(mayBe(SHOP, CUSTOMER)).toBe(false);
});
