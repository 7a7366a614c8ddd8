import fc from 'fast-check';
import { matchStated, type AddressHolder } from './stated.rules.js';

const holder = (customerId: string, more: Partial<AddressHolder> = {}): AddressHolder => ({
  customerId,
  provisional: true,
  createdAt: new Date('2026-03-02T09:00:00Z'),
  by: 'contact_point',
  ...more,
});

describe('matchStated', () => {
  it.each([
    [
      'nobody known',
      { chosen: null, byReference: null, holders: [] },
      { customerId: null, matchedBy: 'new_customer', absorb: [], conflicts: [] },
    ],
    [
      'one address known',
      { chosen: null, byReference: null, holders: [holder('a')] },
      { customerId: 'a', matchedBy: 'contact_point', absorb: [], conflicts: [] },
    ],
    [
      'a handle known',
      { chosen: null, byReference: null, holders: [holder('a', { by: 'handle' })] },
      { customerId: 'a', matchedBy: 'handle', absorb: [], conflicts: [] },
    ],
    [
      'two arrivals of one person',
      {
        chosen: null,
        byReference: null,
        holders: [holder('b', { createdAt: new Date('2026-03-02T10:00:00Z') }), holder('a')],
      },
      { customerId: 'a', matchedBy: 'contact_point', absorb: ['b'], conflicts: [] },
    ],
    [
      'a confirmed customer outranks an older provisional one',
      {
        chosen: null,
        byReference: null,
        holders: [holder('a'), holder('b', { provisional: false, createdAt: new Date('2026-03-03T00:00:00Z') })],
      },
      { customerId: 'b', matchedBy: 'contact_point', absorb: ['a'], conflicts: [] },
    ],
    [
      'two confirmed customers are never merged',
      {
        chosen: null,
        byReference: null,
        holders: [holder('a', { provisional: false }), holder('b', { provisional: false })],
      },
      { customerId: 'a', matchedBy: 'contact_point', absorb: [], conflicts: ['b'] },
    ],
    [
      'a typed reference outranks addresses',
      { chosen: null, byReference: 'r', holders: [holder('a')] },
      { customerId: 'r', matchedBy: 'reference', absorb: ['a'], conflicts: [] },
    ],
    [
      'a choice outranks everything',
      { chosen: 'c', byReference: 'r', holders: [] },
      { customerId: 'c', matchedBy: 'customer', absorb: [], conflicts: [] },
    ],
  ])('%s', (_, evidence, expected) => {
    expect(matchStated(evidence)).toEqual(expected);
  });

  it('never loses a holder, never merges a confirmed one, never takes somebody into themselves', () => {
    const people: string[] = ['a', 'b', 'c', 'd'];
    const anyHolder = fc.record({
      customerId: fc.constantFrom(...people),
      createdAt: fc.date({ noInvalidDate: true }),
      by: fc.constantFrom('contact_point' as const, 'handle' as const),
    });
    const id = fc.option(fc.constantFrom('a', 'b', 'x'), { nil: null });
    fc.assert(
      fc.property(fc.array(anyHolder), fc.subarray(people), id, id, (found, confirmed, chosen, byReference) => {
        const holders = found.map((one) => ({ ...one, provisional: !confirmed.includes(one.customerId) }));
        const decision = matchStated({ chosen, byReference, holders });
        const everybody = new Set(holders.map((one) => one.customerId));
        if (decision.customerId) everybody.delete(decision.customerId);
        expect(new Set([...decision.absorb, ...decision.conflicts])).toEqual(everybody);
        for (const absorbed of decision.absorb) expect(confirmed).not.toContain(absorbed);
        if (holders.length > 0) expect(decision.customerId).not.toBeNull();
      }),
    );
  });
});
