import { canMoveQuote, canMoveRepair, isRepairOver, movesOfRepair, type StageBy } from './repair.states.js';
import { CUSTOMER_STAGES, QuoteState, RepairStage } from './repairs.words.js';

/** Every move there is; what is not here is forbidden, by whomever. */
const ALLOWED: Record<RepairStage, string> = {
  received: 'diagnosed/person quoted/quote approved/quote unrepairable/person cancelled/person',
  diagnosed: 'quoted/quote approved/quote in_repair/person unrepairable/person cancelled/person',
  quoted: 'approved/quote declined/quote diagnosed/quote unrepairable/person cancelled/person',
  approved: 'in_repair/person quoted/quote unrepairable/person cancelled/person',
  in_repair: 'repaired/person quoted/quote unrepairable/person cancelled/person',
  repaired: 'in_repair/person returned/hand_back',
  returned: 'closed/person',
  closed: '',
  unrepairable: 'diagnosed/person returned/hand_back closed/person',
  declined: 'quoted/quote approved/quote returned/hand_back cancelled/person',
  cancelled: 'returned/hand_back',
};
const BY: StageBy[] = ['person', 'quote', 'hand_back'];

describe('stages of a repair order', () => {
  const moves = RepairStage.options.flatMap((from) =>
    RepairStage.options.flatMap((to) => BY.map((by) => [from, to, by] as const)),
  );
  it.each(moves)('%s → %s by %s is as the table says', (from, to, by) => {
    expect(canMoveRepair(from, to, by)).toBe(ALLOWED[from].split(' ').includes(`${to}/${by}`));
  });

  it('by hand are those a person may bring it to', () => {
    expect(movesOfRepair('received')).toEqual(['diagnosed', 'unrepairable', 'cancelled']);
    expect(movesOfRepair('quoted')).toEqual(['unrepairable', 'cancelled']);
    expect(movesOfRepair('closed')).toEqual([]);
  });

  it('always lead back into the hand: from every one that is not over, returned or closed can be reached', () => {
    const reach = (from: RepairStage, seen = new Set<RepairStage>()): Set<RepairStage> => {
      if (seen.has(from)) return seen;
      seen.add(from);
      for (const to of RepairStage.options) if (BY.some((by) => canMoveRepair(from, to, by))) reach(to, seen);
      return seen;
    };
    for (const stage of RepairStage.options) expect([...reach(stage)].some(isRepairOver)).toBe(true);
  });

  it('are told to customers in both languages, each in its own words', () => {
    for (const stage of RepairStage.options) {
      const [es, en] = [CUSTOMER_STAGES.es[stage], CUSTOMER_STAGES.en[stage]];
      for (const words of [es, en]) expect(words.title && words.text).toBeTruthy();
      expect(es.title).not.toBe(en.title);
    }
  });
});

describe('states of a quote', () => {
  const CAN: Record<QuoteState, QuoteState[]> = {
    draft: ['offered', 'approved', 'withdrawn'],
    offered: ['approved', 'declined', 'expired', 'superseded', 'withdrawn'],
    approved: ['superseded'],
    declined: [],
    expired: [],
    superseded: [],
    withdrawn: [],
  };
  const pairs = QuoteState.options.flatMap((from) => QuoteState.options.map((to) => [from, to] as const));
  it.each(pairs)('%s → %s is as the table says', (from, to) => {
    expect(canMoveQuote(from, to)).toBe(CAN[from].includes(to));
  });
});
