import type { Person } from '#contracts';
import { meant, namedAt, withName } from './mention.rules.js';

const person = (id: string, displayName: string): Person => ({ id, displayName, role: 'agent', storeId: null });
const PEOPLE = [person('marta', 'Marta Rey'), person('noa', 'Noa Gil'), person('inigo', 'Íñigo Sáez')];

it.each([
  ['Lo ve @', ''],
  ['Lo ve @Ma', 'Ma'],
  ['@Marta R', 'Marta R'],
  ['(@Íñ', 'Íñ'],
  ['@Marta Rey lo', null],
  ['marta@nexo', null],
  ['nadie', null],
])('%s: %s', (text, typed) => expect(namedAt(text)).toBe(typed));

it('offers who begins so, but not oneself, nor who is named whole', () => {
  const ids = (typed: string) => meant(typed, PEOPLE, 'noa').map(({ id }) => id);
  expect([ids(''), ids('m'), ids('rey'), ids('inigo s'), ids('Marta Rey'), ids('noa'), ids('x')]).toEqual([
    ['marta', 'inigo'],
    ['marta'],
    ['marta'],
    ['inigo'],
    [],
    [],
    [],
  ]);
});

it('puts the whole name in its place', () => expect(withName('Lo ve @Ma', 'Marta Rey')).toBe('Lo ve @Marta Rey '));
