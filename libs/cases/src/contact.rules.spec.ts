import { lockKeys, normaliseEmail, normaliseHandle, normalisePhone, statedContacts } from './contact.rules.js';

describe('addresses become one canonical form', () => {
  it.each([
    ['Lucia.Ferrer@Correo.TEST', 'lucia.ferrer@correo.test'],
    [' ana@correo.test. ', 'ana@correo.test'],
    ['ana@niño.test', 'ana@xn--nio-8ma.test'],
    ['ana+casa@correo.test', 'ana+casa@correo.test'],
    ['ana@correo', null],
    ['@correo.test', null],
    ['ana correo@x.test', null],
    ['ana@x.test, eva@x.test', null],
    ['', null],
  ])('email %j → %j', (typed, expected) => expect(normaliseEmail(typed)).toBe(expected));

  it.each([
    ['612 40 77 18', '+34612407718'],
    ['+34 612-407-718', '+34612407718'],
    ['0034612407718', '+34612407718'],
    ['(910) 550 147', '+34910550147'],
    ['+44 20 7946 0958', '+442079460958'],
    ['12345', null],
    ['lucia', null],
  ])('phone %j → %j', (typed, expected) => expect(normalisePhone(typed)).toBe(expected));

  it.each([
    ['@Lucia_Ferrer', 'lucia_ferrer'],
    ['lucia_ferrer', 'lucia_ferrer'],
    ['lucia ferrer', null],
    ['@', null],
    ['una_persona_con_nombre_largo', null],
  ])('handle %j → %j', (typed, expected) => expect(normaliseHandle(typed)).toBe(expected));
});

describe('statedContacts', () => {
  it('takes what is valid and names the fields that are not', () => {
    expect(statedContacts({ email: 'nope', phone: '612 40 77 18', twitterHandle: '@lucia_ferrer' })).toEqual({
      contacts: [
        { kind: 'phone', value: '+34612407718', handle: null, display: '+34612407718' },
        { kind: 'twitter', value: null, handle: 'lucia_ferrer', display: '@lucia_ferrer' },
      ],
      invalid: ['email'],
    });
  });

  it('leaves out what was left empty', () => {
    expect(statedContacts({ email: '  ', phone: '' })).toEqual({ contacts: [], invalid: [] });
  });
});

it('locks an X contact on its user id and on its handle', () => {
  expect(lockKeys({ kind: 'twitter', value: '17', handle: 'ana' })).toEqual(['twitter:17', 'handle:ana']);
  expect(lockKeys({ kind: 'twitter', value: null, handle: 'ana' })).toEqual(['handle:ana']);
  expect(lockKeys({ kind: 'email', value: 'a@b.test', handle: null })).toEqual(['email:a@b.test']);
});
