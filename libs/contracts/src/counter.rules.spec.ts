import fc from 'fast-check';
import type { Condition, IntakeValues } from './counter.js';
import { openGates } from './counter.rules.js';

const ID = '01990000-0000-7000-8000-000000000001';
const OTHER = '01990000-0000-7000-8000-000000000002';
const CONDITION: Condition = { marks: [], powersOn: 'no', screen: 'whole', note: '' };

/** A phone that stays, and a loaner that leaves: every gate there is. */
const WHOLE: IntakeValues = {
  'who.customerId': ID,
  'listen.text': 'No enciende',
  'device.stays': 'here',
  'device.imei': '356938035643809',
  'device.fault': 'no_power',
  'device.condition': CONDITION,
  'device.photoIds': [ID, OTHER],
  'device.activationLock': 'off',
  'device.backUp': 'not_possible',
  'decide.outcome': 'not_covered',
  'decide.clause': '4.2',
  'decide.plainWords': 'Hay humedad dentro',
  'decide.nextStep': 'Pedimos presupuesto',
  'keep.outcome': 'accepted',
  'keep.loanerId': ID,
  'keep.photoIds': [ID],
  'keep.conditionOut': CONDITION,
  'take.by': 'store',
  'promise.nextUpdateAt': '2026-11-24T10:00:00Z',
  'promise.reachBy': 'email',
  'sign.signatureId': ID,
};
const codes = (values: IntakeValues) => openGates('intake', values).map(({ code }) => code);

describe('the gates of an intake', () => {
  it('are all met by one that is whole', () => {
    expect(codes(WHOLE)).toEqual([]);
  });

  it.each<[keyof IntakeValues, string]>([
    ['who.customerId', 'who'],
    ['listen.text', 'words'],
    ['device.imei', 'imei'],
    ['device.fault', 'fault'],
    ['device.condition', 'condition'],
    ['device.photoIds', 'photos'],
    ['device.activationLock', 'activation_lock'],
    ['device.backUp', 'back_up'],
    ['decide.outcome', 'warranty'],
    ['decide.clause', 'warranty'],
    ['decide.plainWords', 'warranty'],
    ['decide.nextStep', 'warranty'],
    ['keep.outcome', 'loaner'],
    ['keep.loanerId', 'loaner'],
    ['keep.photoIds', 'loaner_photos'],
    ['keep.conditionOut', 'loaner_out'],
    ['take.by', 'taken_by'],
    ['promise.nextUpdateAt', 'next_update'],
    ['promise.reachBy', 'reach'],
    ['sign.signatureId', 'signature'],
  ])('without %s: %s', (path, code) => {
    expect(codes(Object.fromEntries(Object.entries(WHOLE).filter(([key]) => key !== path)))).toEqual([code]);
  });

  it.each<[string, Partial<IntakeValues>, string[]]>([
    ['a name instead of a customer', { 'who.customerId': null, 'who.person': { displayName: 'Ana' } }, []],
    ['one picture of two', { 'device.photoIds': [ID] }, ['photos']],
    ['one picture named twice', { 'device.photoIds': [ID, ID] }, ['photos']],
    ['a number that is none', { 'device.imei': '356938035643808' }, ['imei']],
    ['words where a number belongs', { 'device.imei': 'no lo sabe' }, ['imei']],
    ['a number that is none, with the reason', { 'device.imei': 'roto', waivers: { imei: 'No se lee' } }, []],
    ['a MEID', { 'device.imei': 'A0000000123456' }, []],
    ['a second number that is none', { 'device.imei2': '123' }, ['imei']],
    ['no second number', { 'device.imei2': ' ' }, []],
    ['nobody looked at the lock', { 'device.activationLock': 'unknown' }, ['activation_lock']],
    ['covered needs no clause', { 'decide.outcome': 'covered', 'decide.clause': '' }, []],
    ['a half no says why as well', { 'decide.outcome': 'partial', 'decide.nextStep': ' ' }, ['warranty']],
    ['decided later is not decided', { 'decide.outcome': 'later' }, ['warranty']],
    ['declined without a reason', { 'keep.outcome': 'declined' }, ['loaner']],
    ['declined with one', { 'keep.outcome': 'declined', 'keep.reason': 'Tiene otro', 'keep.photoIds': [] }, []],
    ['not eligible names its rule', { 'keep.outcome': 'not_eligible' }, ['loaner']],
    ['none there', { 'keep.outcome': 'none_available', 'keep.photoIds': [] }, []],
  ])('%s', (_why, change, open) => {
    expect(codes({ ...WHOLE, ...change })).toEqual(open);
  });

  it('are fewer for a phone that goes home, and for somebody without one', () => {
    const home: IntakeValues = { 'device.stays': 'with_customer' };
    expect(codes(home)).toEqual(['who', 'words', 'imei', 'loaner', 'next_update', 'reach']);
    expect(codes({ 'device.stays': 'none' })).toEqual(['who', 'words', 'loaner', 'next_update', 'reach']);
  });

  it('are waived with a reason where they can be, and only there', () => {
    const waivers = Object.fromEntries(
      openGates('intake', { 'device.stays': 'here' }).map(({ code }) => [code, 'Porque no']),
    );
    const left = openGates('intake', { 'device.stays': 'here', waivers });
    expect(left.map(({ code }) => code)).toEqual(['who', 'words', 'fault', 'loaner', 'taken_by', 'next_update']);
    expect(left.every(({ waivable }) => !waivable)).toBe(true);
    expect(codes({ ...WHOLE, 'device.imei': '', waivers: { imei: '   ' } })).toEqual(['imei']);
  });

  it('never grow by what is said besides', () => {
    const paths = Object.keys(WHOLE) as (keyof IntakeValues)[];
    const decides: (keyof IntakeValues)[] = ['device.stays', 'keep.outcome', 'decide.outcome'];
    fc.assert(
      fc.property(fc.subarray(paths), fc.subarray(paths.filter((path) => !decides.includes(path))), (some, more) => {
        const of = (which: string[]) =>
          Object.fromEntries(which.map((path) => [path, WHOLE[path as keyof IntakeValues]]));
        const before = codes(of(some));
        expect(codes(of([...some, ...more])).filter((code) => !before.includes(code))).toEqual([]);
      }),
    );
  });
});

describe('the gates of a pick-up', () => {
  const gates = (values: IntakeValues) => openGates('pick_up', values).map(({ code }) => code);

  it.each<[string, IntakeValues, string[]]>([
    ['nothing yet', {}, ['who', 'what', 'next_update', 'signature']],
    ['a repair', { 'who.customerId': ID, 'back.repairId': ID }, ['works', 'data', 'next_update', 'signature']],
    ['a loaner alone', { 'who.customerId': ID, 'back.loanId': ID }, ['loaner_condition', 'next_update', 'signature']],
    [
      'all is well: nothing more to promise',
      {
        ...{ 'who.customerId': ID, 'back.repairId': ID, 'back.works': { calls: true }, 'back.dataBack': 'all' },
        ...{ 'back.confirmed': true, 'sign.signatureId': ID },
      },
      [],
    ],
    [
      'not tried, with a reason',
      {
        ...{ 'who.customerId': ID, 'back.repairId': ID, 'back.dataBack': 'not_needed', 'back.confirmed': true },
        ...{ waivers: { works: 'Tiene prisa', signature: 'Firmó en papel' } },
      },
      [],
    ],
  ])('%s', (_why, values, open) => {
    expect(gates(values)).toEqual(open);
  });
});
