import fc from 'fast-check';
import { EvidenceKind, rulesOf, STRONG_RULES, type Evidence } from '#contracts';
import { joined, NOTHING_SAID, weigh, type Memory } from './evidence.rules.js';

const said = (kind: EvidenceKind, more: Partial<Evidence> = {}): Evidence => ({
  kind,
  key: `${kind}:1`,
  newcomer: 'x',
  known: 'x',
  entryId: null,
  isPublic: false,
  ...more,
});
const all = (...kinds: EvidenceKind[]) => kinds.map((kind) => said(kind));
const APART: Memory = { apart: true, refused: new Set() };
const RANK = { nothing: 0, suggest: 1, attach: 2 };

describe('weigh', () => {
  it.each<[string, EvidenceKind[], 'attach' | 'suggest' | 'nothing']>([
    ['a signed link', ['signed_link'], 'attach'],
    ['a one-time code', ['one_time_code'], 'attach'],
    ['a code sent to an address not known for long', ['weak_code'], 'suggest'],
    ['an IMEI and the name', ['imei', 'name'], 'attach'],
    ['an IMEI alone', ['imei'], 'suggest'],
    ['a case code and a telephone number', ['case_code', 'phone'], 'attach'],
    ['a case code and an IMEI', ['case_code', 'imei'], 'attach'],
    ['a case code and a customer number', ['case_code', 'customer_number'], 'attach'],
    ['a case code alone', ['case_code'], 'suggest'],
    ['a case code and the name: both are said aloud at a counter', ['case_code', 'name'], 'suggest'],
    ['a telephone number mentioned', ['phone'], 'suggest'],
    ['a telephone number and the name', ['phone', 'name'], 'suggest'],
    ['a name and a city', ['name', 'city'], 'suggest'],
    ['a name alone', ['name'], 'nothing'],
    ['a city alone', ['city'], 'nothing'],
    ['a handle that reads like a mail address', ['alike'], 'suggest'],
    ['an address of a household', ['shared_address'], 'suggest'],
    [
      'everything weak at once',
      ['alike', 'shared_address', 'name', 'city', 'weak_code', 'phone', 'document'],
      'suggest',
    ],
    ['nothing', [], 'nothing'],
  ])('%s', (_, kinds, verdict) => {
    expect(weigh(all(...kinds), NOTHING_SAID, true).verdict).toBe(verdict);
  });

  it('what everybody could read asks, and attaches nobody', () => {
    const open = [said('case_code', { isPublic: true }), said('phone', { isPublic: true })];
    expect(weigh(open, NOTHING_SAID, true).verdict).toBe('suggest');
    expect(weigh([said('imei', { isPublic: true }), said('name')], NOTHING_SAID, true).verdict).toBe('suggest');
  });

  it('after "not the same" only strong evidence that was not on the table asks again', () => {
    const before = new Set(['case_code:1']);
    expect(weigh(all('case_code'), { apart: true, refused: before }, true).verdict).toBe('nothing');
    expect(weigh(all('alike', 'phone', 'name', 'city'), APART, true).verdict).toBe('nothing');
    expect(weigh(all('case_code', 'phone'), { apart: true, refused: before }, true).verdict).toBe('suggest');
    const known = new Set(['case_code:1', 'phone:1']);
    expect(weigh(all('case_code', 'phone'), { apart: true, refused: known }, true).verdict).toBe('nothing');
    expect(weigh([said('one_time_code', { key: 'new' })], { apart: true, refused: known }, true).verdict).toBe(
      'suggest',
    );
  });
});

describe('whatever was found', () => {
  const piece = fc.record({
    kind: fc.constantFrom(...EvidenceKind.options),
    at: fc.integer({ min: 1, max: 3 }),
    isPublic: fc.boolean(),
  });
  const pieces = fc
    .array(piece, { maxLength: 8 })
    .map((found) => found.map(({ kind, at, isPublic }) => said(kind, { key: `${kind}:${at}`, isPublic })));
  const memory = fc
    .record({ apart: fc.boolean(), refused: fc.array(pieces.map((some) => some.map(({ key }) => key))) })
    .map(({ apart, refused }): Memory => ({ apart, refused: new Set(refused.flat()) }));
  const WEAK = EvidenceKind.options.filter((kind) => !['signed_link', 'one_time_code'].includes(kind));

  it('weak evidence never attaches, however much there is of it', () => {
    const weak = fc.constantFrom(...WEAK.filter((kind) => kind !== 'case_code' && kind !== 'imei'));
    fc.assert(
      fc.property(
        fc.array(weak),
        fc.constantFrom<EvidenceKind[]>([], ['case_code', 'name'], ['imei']),
        (some, more) => {
          // With a case code nothing that only its holder knows; with an IMEI no name.
          const facts: EvidenceKind[] = ['phone', 'line', 'email', 'customer_number', 'document'];
          const fits = some.filter(
            (kind) =>
              !(more.includes('case_code') && facts.includes(kind)) && !(more.includes('imei') && kind === 'name'),
          );
          expect(weigh(all(...fits, ...more), NOTHING_SAID, true).verdict).not.toBe('attach');
        },
      ),
    );
  });

  it('nothing attaches but by one of the four strong rules', () => {
    const strong: readonly string[] = STRONG_RULES;
    fc.assert(
      fc.property(pieces, memory, fc.boolean(), (evidence, remembered, may) => {
        const { verdict, rules } = weigh(evidence, remembered, may);
        if (verdict === 'attach') expect(rules.some((rule) => strong.includes(rule))).toBe(true);
        if (verdict === 'attach') expect(may && !remembered.apart).toBe(true);
        if (verdict !== 'nothing') expect(rules).not.toHaveLength(0);
      }),
    );
  });

  it('more evidence never says less', () => {
    fc.assert(
      fc.property(pieces, pieces, memory, fc.boolean(), (some, more, remembered, may) => {
        const [less, all] = [weigh(some, remembered, may), weigh([...some, ...more], remembered, may)];
        expect(RANK[all.verdict]).toBeGreaterThanOrEqual(RANK[less.verdict]);
        expect(all.rules).toEqual(expect.arrayContaining(less.rules));
      }),
    );
  });

  it('in whatever order it was found', () => {
    fc.assert(
      fc.property(
        pieces.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
        memory,
        fc.boolean(),
        ([some, shuffled], remembered, may) => {
          expect(weigh(shuffled, remembered, may)).toEqual(weigh(some, remembered, may));
          expect(joined(shuffled, []).map(({ key }) => key)).toEqual(joined(some, []).map(({ key }) => key));
        },
      ),
    );
  });

  it('"not the same" always wins over weak evidence, and never lets anything attach', () => {
    fc.assert(
      fc.property(pieces, memory, (evidence, { refused }) => {
        const { verdict, rules } = weigh(evidence, { apart: true, refused }, true);
        const strong: readonly string[] = STRONG_RULES;
        expect(verdict).not.toBe('attach');
        if (!rules.some((rule) => strong.includes(rule))) expect(verdict).toBe('nothing');
      }),
    );
  });

  it('the same evidence never asks twice', () => {
    fc.assert(
      fc.property(pieces, (evidence) => {
        const refused = new Set(evidence.map(({ key }) => key));
        expect(weigh(evidence, { apart: true, refused }, true).verdict).toBe('nothing');
      }),
    );
  });

  it('joined evidence is each piece once, and says no less than either', () => {
    fc.assert(
      fc.property(pieces, pieces, (one, other) => {
        const both = joined(one, other);
        expect(new Set(both.map(({ key }) => key)).size).toBe(both.length);
        expect(rulesOf(both)).toEqual(expect.arrayContaining(rulesOf(one)));
        expect(joined(both, one)).toEqual(both);
      }),
    );
  });
});
