import fc from 'fast-check';
import { citiesIn, nameKey, sameName, saysName } from './names.rules.js';

describe('names', () => {
  it.each([
    ['Lucía Ferrer', 'lucia ferrer', true],
    ['Lucía Ferrer', 'Lucia Ferrer Gil', true],
    ['Lucía', 'Lucía Ferrer', false],
    ['Lucía', 'Lucía', false],
    ['Lucía Ferrer', 'Lucía Gil', false],
    ['Ferrer Gil', 'Lucía Ferrer Gil', false],
    ['Íñigo Peña', 'inigo pena', false],
    ['', 'Lucía Ferrer', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(sameName(one, other)).toBe(same);
    expect(sameName(other, one)).toBe(same);
  });

  it('is said in a text when first name and surname stand together', () => {
    expect(saysName('Hola, soy Lucía Ferrer y no tengo línea', 'Lucia Ferrer Gil')).toBe(true);
    expect(saysName('Lucía dice que Ferrer no contesta', 'Lucía Ferrer')).toBe(false);
    expect(saysName('soy Lucía', 'Lucía')).toBe(false);
  });

  it('is kept as the database keeps it', () => {
    expect(nameKey('  Lucía  FERRER-Gil ')).toBe('lucia ferrer gil');
    expect(nameKey('Íñigo Peña')).toBe('iñigo peña');
  });

  it('a city is named by all its words', () => {
    const cities = ['Madrid', 'San Sebastián', 'Vigo'];
    expect(citiesIn('Vivo en san sebastian', cities)).toEqual(['San Sebastián']);
    expect(citiesIn('Digo que estoy en MADRID.', cities)).toEqual(['Madrid']);
    expect(citiesIn('San Isidro', cities)).toEqual([]);
  });

  it('is always the same as itself when it has two words', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(sameName(one, other)).toBe(sameName(other, one));
        if (nameKey(one).includes(' ')) expect(sameName(one, one)).toBe(true);
      }),
    );
  });
});
