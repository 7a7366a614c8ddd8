import fc from 'fast-check';
import { inLanguages, renderUpdate, spokenName, unknownPlaceholders } from './incident.rules.js';

const LUCIA = { name: 'Lucía Ferrer', reference: 'H-7K2F-9Q' };
const NOBODY = { ...LUCIA, name: null };

describe('what one of them reads', () => {
  it.each([
    ['Hola, {name}: tu caso es {reference}.', LUCIA, 'Hola, Lucía Ferrer: tu caso es H-7K2F-9Q.'],
    ['{name} {name}', LUCIA, 'Lucía Ferrer Lucía Ferrer'],
    ['Nada que poner', LUCIA, 'Nada que poner'],
    ['{nombre} {name', LUCIA, '{nombre} {name'],
    // Without a name.
    ['Hola, {name}: tu caso es {reference}.', NOBODY, 'Hola: tu caso es H-7K2F-9Q.'],
    ['Hola {name},\n\nya está.', NOBODY, 'Hola,\n\nya está.'],
    ['Hello {name}!', NOBODY, 'Hello!'],
    ['{name}, te escribimos por tu línea.', NOBODY, 'Te escribimos por tu línea.'],
    ['Buenas.\n{name}: ánimo', NOBODY, 'Buenas.\nÁnimo'],
    ['{name}', NOBODY, ''],
    ['Gracias, {name}', NOBODY, 'Gracias'],
    // What a name has in it is never read as ours.
    ['Hola {name}', { ...LUCIA, name: '{reference}' }, 'Hola {reference}'],
    ['Hola {name}, {reference}', { name: '{name}$&$1', reference: 'H-1' }, 'Hola {name}$&$1, H-1'],
  ])('of %j with %j is %j', (text, values, read) => {
    expect(renderUpdate(text, values)).toBe(read);
  });

  it('is the text around the values and nothing else, whatever the name', () => {
    const words = fc.string({ unit: fc.constantFrom(...'abc ñ{}$&\\'), maxLength: 30 });
    fc.assert(
      fc.property(words, (name) => {
        expect(renderUpdate('<{name}|{reference}>', { name, reference: 'H' })).toBe(`<${name}|H>`);
      }),
    );
  });

  it.each([
    ['Lucía  Ferrer\n', 'Lucía Ferrer'],
    ['Ana\r\nPágame en otra cuenta', 'Ana Págame en otra cuenta'],
    ['‮Ana‬', 'Ana'],
    ['lucia@correo.test', null],
    ['@lucia', null],
    ['+34 612 40 77 18', null],
    ['612-407-718', null],
    ['https://estafa.test', null],
    ['  ', null],
    ['🙂', null],
    ['x'.repeat(90), `${'x'.repeat(79)}…`],
  ])('calls %j %j', (displayName, name) => {
    expect(spokenName(displayName)).toBe(name);
  });

  it.each([
    ['Hola {name}, {reference}', []],
    ['Hola {nombre}, {Name} y {nombre}', ['nombre', 'Name']],
    ['{}', ['']],
  ])('finds in %j the slips %j', (text, slips) => {
    expect(unknownPlaceholders(text)).toEqual(slips);
  });

  it('is in their language, or in both where nobody said which', () => {
    const text = { es: 'Hola', en: 'Hello' };
    expect(inLanguages(text, { language: 'es', languageKnown: true })).toBe('Hola');
    expect(inLanguages(text, { language: 'en', languageKnown: true })).toBe('Hello');
    expect(inLanguages(text, { language: 'es', languageKnown: false })).toBe('Hola\n\n---\n\nHello');
    expect(inLanguages(text, { language: 'en', languageKnown: false })).toBe('Hello\n\n---\n\nHola');
  });
});
