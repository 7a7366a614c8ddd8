import type { IntakeValues } from './counter.js';
import { openGates } from './counter.rules.js';
import { askOf, coversModel, entrustedTo, proposedAsk, worksOnPhones } from './entrust.rules.js';
import { FAULT_WORDS, FaultKind } from './devices.words.js';

const PARTNER = '01a7d3c4-0000-7000-8000-000000000001';
const TAKEN: IntakeValues = { 'device.stays': 'here', 'take.by': 'partner', 'take.partnerId': PARTNER };

describe('who takes a phone', () => {
  it.each<[string, Partial<IntakeValues>, string | null]>([
    ['a company that was chosen', {}, PARTNER],
    ['nobody of it yet', { 'take.partnerId': null }, null],
    // What was chosen before is kept, and counts for nothing.
    ['the store after all', { 'take.by': 'store' }, null],
    ['our own workshop', { 'take.by': 'lab' }, null],
    ['a phone that goes home', { 'device.stays': 'with_customer' }, null],
  ])('%s', (_, more, whom) => expect(entrustedTo({ ...TAKEN, ...more })).toBe(whom));

  it.each<[string, Partial<IntakeValues>, boolean]>([
    ['a company that is named', {}, false],
    ['a company, left for later', { 'take.partnerId': null }, false],
    ['some company, and nobody said which', { 'take.partnerId': undefined }, true],
    ['the store, and no company', { 'take.by': 'store', 'take.partnerId': undefined }, false],
  ])('is said: %s', (_, more, isOpen) =>
    expect(openGates('intake', { ...TAKEN, ...more }).some(({ code }) => code === 'taken_by')).toBe(isOpen),
  );

  it('works on phones, or it only carries them', () =>
    expect((['manufacturer', 'lab', 'carrier', 'courier'] as const).map(worksOnPhones)).toEqual([
      ...[true, true, true],
      false,
    ]));
});

it.each([
  [[], 'Auriga One', true],
  [['Auriga'], 'Auriga One', true],
  [['áuriga '], 'AURIGA  One', true],
  [['Auriga'], 'Auriga', true],
  [['Auriga'], 'Aurigantes 3', false],
  [['Boreal', 'Auriga'], 'Auriga One', true],
  [['Boreal'], 'Auriga One', false],
  // Nobody has said yet what it is.
  [['Boreal'], '', true],
])('an agreement about %j covers %s: %s', (brands, model, covers) =>
  expect(coversModel({ brands }, model)).toBe(covers),
);

describe('what is asked of them by default', () => {
  it('is a repair where nobody has to agree to a price, and a price where somebody has', () => {
    expect(proposedAsk({ 'decide.outcome': 'covered', 'device.fault': 'no_power' }, 'en')).toBe(
      'Repair under warranty: Does not turn on.',
    );
    expect(proposedAsk({ 'decide.outcome': 'not_covered', 'device.fault': 'no_power' }, 'es')).toContain(
      'cuánto costaría',
    );
    expect(proposedAsk({ 'device.fault': 'other' }, 'en')).not.toContain(FAULT_WORDS.other.en);
  });

  it('is what somebody wrote, or else follows what is decided', () => {
    const values: IntakeValues = { ...TAKEN, 'decide.outcome': 'covered', 'device.fault': 'no_power' };
    const refused: IntakeValues = { ...values, 'decide.outcome': 'not_covered' };
    expect(askOf({ ...refused, 'take.ask': ' Repair the hinge. ' }, 'en')).toBe('Repair the hinge.');
    for (const blank of [undefined, '', '  '])
      expect([values, refused].map((each) => askOf({ ...each, 'take.ask': blank }, 'en'))).toEqual([
        proposedAsk(values, 'en'),
        proposedAsk(refused, 'en'),
      ]);
    expect(proposedAsk(values, 'en')).not.toBe(proposedAsk(refused, 'en'));
  });

  it('never is longer than what may be asked', () => {
    for (const fault of FaultKind.options)
      for (const language of ['es', 'en'] as const)
        expect(proposedAsk({ 'device.fault': fault }, language).length).toBeLessThan(200);
  });
});
