import { groupedImei, isImei, NO_REACH, personFrom, statedReach } from './visit.rules.js';

describe('personFrom', () => {
  it.each([
    ['@lucia_ferrer', 'twitterHandle', 'lucia_ferrer'],
    ['lucia@correo.test', 'email', 'lucia@correo.test'],
    ['612 40 77 18', 'phone', '612 40 77 18'],
    ['+34 612407718', 'phone', '+34 612407718'],
    ['Lucía Ferrer', 'displayName', 'Lucía Ferrer'],
  ] as const)('%s is the %s', (looked, field, value) => {
    expect(personFrom(looked)[field]).toBe(value);
    expect(Object.values(personFrom(looked)).filter(Boolean)).toHaveLength(1);
  });
  it('takes a reference for nobody’s name', () => {
    expect(Object.values(personFrom('H-7K2F-9Q')).filter(Boolean)).toHaveLength(0);
  });
});

describe('statedReach', () => {
  it('is what was typed and nothing else', () => {
    expect(statedReach({ ...NO_REACH, phone: ' 612 40 77 18 ', twitterHandle: '@lucia' })).toEqual({
      phone: '612 40 77 18',
      twitterHandle: 'lucia',
    });
    expect(statedReach({ ...NO_REACH, email: '  ', twitterHandle: '@' })).toBeUndefined();
  });
});

describe('isImei', () => {
  it.each([
    ['490154203237518', true],
    ['49 015420 323751 8', true],
    ['490154203237519', false],
    ['49015420323751', false],
    ['', false],
  ])('%s → %s', (text, valid) => {
    expect(isImei(text)).toBe(valid);
  });
  it('is shown in the groups people read', () => {
    expect(groupedImei('490154203237518')).toBe('49 015420 323751 8');
    expect(groupedImei('4901')).toBe('49 01');
  });
});
