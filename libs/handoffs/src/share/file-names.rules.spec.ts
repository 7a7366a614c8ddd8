import fc from 'fast-check';
import { plainNames } from './file-names.rules.js';

const file = (fileName: string, contentType = 'application/pdf') => ({ fileName, contentType });

describe('what another company reads as names of files', () => {
  it.each([
    [
      'what it is, in their language',
      [file('Factura Lucía.PDF'), file('yo.jpg', 'image/jpeg')],
      ['archivo-1.pdf', 'foto-1.jpg'],
    ],
    [
      'of each kind in its order',
      [file('a.pdf'), file('b.png', 'image/png'), file('c.pdf')],
      ['archivo-1.pdf', 'foto-1.png', 'archivo-2.pdf'],
    ],
    [
      'an ending that is a name is none',
      [file('contrato.lucia'), file('dni.12345', 'text/csv'), file('x.ferre', 'a/b')],
      ['archivo-1.pdf', 'archivo-2.csv', 'archivo-3'],
    ],
    [
      'without an ending, by what it is',
      [file('escaneo'), file('foto', 'image/webp')],
      ['archivo-1.pdf', 'foto-1.webp'],
    ],
    ['two endings are one', [file('12345678Z.zip.pdf')], ['archivo-1.pdf']],
  ])('%s', (_, files, names) => expect(plainNames(files, 'es')).toEqual(names));

  it('have nothing of what people called them, whatever that was, and are each one', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ fileName: fc.string(), contentType: fc.constantFrom('image/png', 'application/pdf', 'a/b', '') }),
        ),
        (files) => {
          const names = plainNames(files, 'en');
          for (const name of names) expect(name).toMatch(/^(?:photo|file)-\d+(?:\.[a-z0-9]{2,5})?$/u);
          expect(new Set(names.map((name) => name.split('.')[0])).size).toBe(files.length);
        },
      ),
    );
  });
});
