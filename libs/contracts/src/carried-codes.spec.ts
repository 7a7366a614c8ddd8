import fc from 'fast-check';
import { CODE_DOTS, ONE_TIME_CODE_TEXT, VOUCHER_DOTS, VOUCHER_SENTENCE, withoutCodes } from './proof.js';

const LETTERS = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const four = fc.array(fc.constantFrom(...LETTERS), { minLength: 4, maxLength: 4 }).map((letters) => letters.join(''));
const voucher = fc.array(four, { minLength: 4, maxLength: 4 }).map((fours) => fours.join('-'));
const digits = fc.integer({ min: 100_000, max: 999_999 }).map(String);
const ours = fc.oneof(
  fc.record({ before: fc.constantFrom(...Object.values(VOUCHER_SENTENCE)), code: voucher }),
  fc.record({
    before: fc.constantFrom(...Object.values(ONE_TIME_CODE_TEXT).map((text) => text.split(' {code}')[0] ?? '')),
    code: digits,
  }),
);

/** Lines no wider than `width`, broken at spaces and, where a program does, after hyphens. */
function wrapped(text: string, width: number, atHyphens: boolean): string[] {
  const lines: string[] = [];
  for (const piece of text.split(atHyphens ? /(?<=[ -])/u : /(?<= )/u)) {
    const last = lines.at(-1);
    if (last === undefined || (last + piece).trimEnd().length > width) lines.push(piece);
    else lines[lines.length - 1] = last + piece;
  }
  return lines.map((line) => line.trimEnd());
}

const wrapping = {
  width: fc.integer({ min: 1, max: 100 }),
  atHyphens: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n'),
};
/** Nothing of it that could be used is left. */
const gone = (text: string, code: string) => {
  const signs = text.replaceAll(/<[^>]*>|&\w+;|[^0-9A-Z]/gu, '');
  expect(signs).not.toContain(code.replaceAll('-', ''));
  expect(text).toContain(code.length === 6 ? CODE_DOTS : VOUCHER_DOTS);
};

describe('a code of ours in what others quote', () => {
  it('is dots at any width, behind any mark of a quotation', () => {
    const prefix = fc.constantFrom('', '> ', '>', '>> ', '> > > ', '| ', '    ', '&gt; ', '\t');
    fc.assert(
      fc.property(ours, prefix, fc.record(wrapping), ({ before, code }, mark, { width, atHyphens, end }) => {
        const lines = wrapped(`Hola, Ana: por las molestias. ${before} ${code} y vale.`, width, atHyphens);
        gone(withoutCodes(lines.map((line) => mark + line).join(end)), code);
      }),
    );
  });

  it('is dots in HTML however it is broken, marked up and written', () => {
    const tag = fc.constantFrom(
      '',
      '<b>',
      '<span style="color:#1f497d;mso-fareast-language:EN-US">',
      '&nbsp;',
      '<br/>',
    );
    const accent = fc.constantFrom('ó', '&oacute;', '&#243;', '&#xF3;');
    fc.assert(
      fc.property(ours, tag, accent, fc.record(wrapping), ({ before, code }, mark, o, { width, atHyphens, end }) => {
        const lines = wrapped(`${before.replaceAll('ó', o)} ${mark}${code} y vale.`, width, atHyphens);
        gone(withoutCodes(`<p>${lines.join(`${end}      `)}</p>`), code);
        gone(withoutCodes(`<p>${before.replaceAll('ó', o).split(' ').join('<br>')}<br>${mark}${code}</p>`), code);
      }),
    );
  });

  it('is all that changes', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(withoutCodes(text)).toBe(text)));
    for (const text of [
      'Mi tarjeta es 1234-5678-9012-3456 y el bono no llega',
      'El código del bono es muy largo: no sé leerlo',
      'El código del bono es ABCD-EFGH',
      'The number of the voucher case is 123456',
    ])
      expect(withoutCodes(text)).toBe(text);
    expect(withoutCodes('> El código del bono\n> es ABCD-EFGH-JKMN-PQRS y vale')).toBe(
      `> El código del bono\n> es ${VOUCHER_DOTS} y vale`,
    );
  });

  it.each(['del<del>', 'del ', 'del bono ', 'del bono es ', 'del bono es<del bono es>', '<del', 'del&nbsp;', 'ABCD-'])(
    'takes no longer than its length, of %j over and over',
    (hostile) => {
      const text = hostile.repeat(1_000_000 / hostile.length);
      const start = performance.now();
      expect(withoutCodes(text)).toBe(text);
      expect(performance.now() - start).toBeLessThan(5000);
    },
  );
});
