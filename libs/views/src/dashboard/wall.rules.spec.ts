import fc from 'fast-check';
import { firstNameOf, wordOf } from './wall.rules.js';

describe('the first name on a wall', () => {
  it.each([
    ['Lucía Ferrer Gil', 'Lucía'],
    ['Ferrer Gil, Lucía', 'Lucía'],
    ['Íñigo', 'Íñigo'],
    ['Ana-Belén Ruiz', 'Ana-Belén'],
    ['  Hassan   El Idrissi ', 'Hassan'],
    ['@lucia_fg', null],
    ['lucia.ferrer@correo.test', null],
    ['+34 612 40 77 18', null],
    ['H-7K2F-9Q', null],
    ['FERRER GIL', null],
    ['J. Ferrer', null],
    ['lucía', null],
    ['', null],
    [',', null],
  ])('of %p is %p', (displayName, firstName) => expect(firstNameOf(displayName)).toBe(firstName));

  it('never holds a number, an address or a second word, whatever people are called', () => {
    fc.assert(
      fc.property(fc.string(), (displayName) => {
        expect(firstNameOf(displayName) ?? 'Nadie').toMatch(/^\p{L}[\p{L}'’·-]{1,19}$/u);
      }),
    );
  });
});

it.each([
  [{ updateLate: true, lacks: ['calls'], metric: 'relief' }, 'update'],
  [{ updateLate: false, lacks: ['calls'], metric: 'next_update' }, 'update'],
  [{ updateLate: false, lacks: ['apps', 'data'], metric: 'relief' }, 'data'],
  [{ updateLate: false, lacks: ['calls'], metric: 'first_useful_action' }, 'calls'],
  [{ updateLate: false, lacks: [], metric: 'first_useful_action' }, 'answer'],
  [{ updateLate: false, lacks: [], metric: 'resolution' }, 'solution'],
  [{ updateLate: false, lacks: ['something new'], metric: null }, 'answer'],
])('what %p waits for is %p', (row, word) => expect(wordOf(row)).toBe(word));
