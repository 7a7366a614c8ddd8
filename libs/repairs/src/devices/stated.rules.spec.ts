import { joinNumbers, keysOf, readStated } from './stated.rules.js';

const A = '490154203237518';
const B = '356938035643809';
const C = '352099001761481';
const none = { imei: null, imei2: null, meid: null, serial: null };

describe('what is stated of a phone', () => {
  it('is read whichever field it stands in', () => {
    expect(readStated({ imei: 'A0000000123456', imei2: A, serial: ' f2l xk1 ' })).toEqual({
      numbers: { imeis: [A], meid: 'A0000000123456', serial: 'F2LXK1' },
      wrong: [],
    });
  });

  it('twice the same is one number', () => {
    const { numbers } = readStated({ imei: A, imei2: '4901542032375101' });
    expect(keysOf(numbers)).toEqual([A]);
  });

  it('is refused by field, with the reason in words', () => {
    const { wrong } = readStated({ imei: '490154203237519', imei2: B });
    expect(wrong).toMatchObject([{ field: 'imei', problem: 'check_digit', meant: A }]);
    expect(wrong[0]?.es).toContain('tendría que ser 8');
  });
});

describe('two sets of numbers as one phone’s', () => {
  const stated = (...imeis: string[]) => ({ imeis, meid: null, serial: null });

  it.each([
    ['nothing known', none, stated(A, B), { ...none, imei: A, imei2: B }],
    ['one known', { ...none, imei: A }, stated(B), { ...none, imei: A, imei2: B }],
    ['either finds it', { ...none, imei: A, imei2: B }, stated(B), { ...none, imei: A, imei2: B }],
    ['nothing stated', { ...none, imei: A, serial: 'S' }, stated(), { ...none, imei: A, serial: 'S' }],
  ])('%s', (_name, known, said, numbers) => expect(joinNumbers(known, said)).toEqual({ numbers }));

  it('a phone has two IMEIs at most', () => {
    expect(joinNumbers({ ...none, imei: A, imei2: B }, stated(C))).toEqual({ differs: ['imei2'] });
    expect(joinNumbers({ ...none, imei: A }, stated(B, C))).toEqual({ differs: ['imei2'] });
  });

  it('and one MEID and one serial number', () => {
    const known = { ...none, meid: 'A0000000123456', serial: 'S1' };
    expect(joinNumbers(known, { imeis: [], meid: 'A0000000123457', serial: 'S2' })).toEqual({
      differs: ['meid', 'serial'],
    });
  });
});
