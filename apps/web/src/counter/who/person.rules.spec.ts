import { NO_REACH, personFrom, statedReach } from './person.rules.js';

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
  it.each(['H-7K2F-9Q', '490154203237518'])('takes %s for nobody’s name or number', (looked) => {
    expect(Object.values(personFrom(looked)).filter(Boolean)).toHaveLength(0);
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
