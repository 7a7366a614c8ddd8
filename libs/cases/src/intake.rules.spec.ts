import fc from 'fast-check';
import { previewOf, problemOf, readable } from './intake.rules.js';

describe('problemOf', () => {
  it.each([
    ['se me ha muerto el móvil', null, 'se me ha muerto el móvil'],
    ['Hola. Se me ha muerto', null, 'Se me ha muerto'],
    ['Buenos días:\n\nLa factura viene mal.\n\nAna', null, 'La factura viene mal'],
    ['Hola', null, 'Hola'],
    ['Uno dos tres cuatro cinco seis siete ocho nueve', null, 'Uno dos tres cuatro cinco seis siete ocho…'],
    ['Adjunto la factura', 'Re: RV: Cobro doble', 'Cobro doble'],
    ['', 'Fwd: ', ''],
    ['  \n ', null, ''],
  ])('%j with subject %j → %j', (text, subject, expected) => expect(problemOf(text, subject)).toBe(expected));

  it('is one short line for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 500 }),
        fc.option(fc.string({ unit: 'grapheme' }), { nil: null }),
        (text, subject) => {
          const problem = problemOf(text, subject);
          expect(problem.length).toBeLessThanOrEqual(80);
          expect(problem).not.toMatch(/[\n\r\t]/u);
          expect(problem.split(' ').length).toBeLessThanOrEqual(8);
        },
      ),
    );
  });

  it('takes no longer for a huge text', () => {
    const started = performance.now();
    problemOf('a '.repeat(500_000), null);
    problemOf('.'.repeat(1_000_000), null);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

it('previewOf shows what was said, or the subject of a mail that says nothing', () => {
  expect(previewOf('Hola\n\nqué tal', 'Asunto')).toBe('Hola qué tal');
  expect(previewOf(' \n', 'Asunto')).toBe('Asunto');
  expect(previewOf('x'.repeat(500), null)).toHaveLength(160);
});

it('readable keeps everything but what PostgreSQL cannot hold', () => {
  expect(readable('a\u0000b')).toBe('ab');
  expect(readable('bien \uD83D mal')).toBe('bien \uFFFD mal');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(readable(text)).toBe(text.replaceAll('\u0000', ''))),
  );
});
