import { answeredChain, htmlOf, senderName } from './outgoing.rules.js';

describe('answeredChain', () => {
  it('ends with the mail it answers, once', () => {
    expect(answeredChain(['<a@x>', '<b@x>', '<c@x>'], '<b@x>')).toEqual(['<a@x>', '<c@x>', '<b@x>']);
    expect(answeredChain([], null)).toEqual([]);
  });

  it('keeps the beginning and the newest of a long one', () => {
    const chain = answeredChain(
      Array.from({ length: 40 }, (_, n) => `<${n}@x>`),
      '<last@x>',
    );
    expect(chain).toHaveLength(20);
    expect([chain[0], chain[1], chain.at(-1)]).toEqual(['<0@x>', '<22@x>', '<last@x>']);
  });
});

it('writes html that says the same and nothing else', () => {
  expect(htmlOf('Hola <b>Robin</b> & co\r\nlínea\n\n\n"Adiós"', 'es')).toBe(
    '<!doctype html>\n<html lang="es"><body>\n<p>Hola &lt;b&gt;Robin&lt;/b&gt; &amp; co<br>\nlínea</p>\n<p>&quot;Adiós&quot;</p>\n</body></html>\n',
  );
});

it('signs with the person and the brand', () => {
  expect(senderName('Lucía Martín', 'Nexo')).toBe('Lucía Martín · Nexo');
  expect(senderName(' ', 'Nexo')).toBe('Nexo');
});
