import fc from 'fast-check';
import { answeredChain, letterOf, senderName, type Letter } from './outgoing.rules.js';

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

it('signs with the person and the brand', () => {
  expect(senderName('Lucía Martín', 'Nexo')).toBe('Lucía Martín · Nexo');
  expect(senderName(' ', 'Nexo')).toBe('Nexo');
  expect(senderName(null, 'Nexo')).toBe('Nexo');
});

const letter = (over: Partial<Letter> = {}): Letter => ({
  text: 'Hola Robin:\r\n\r\nYa está en camino.',
  language: 'es',
  languageKnown: true,
  reference: 'H-7K2F-9Q',
  brand: 'Nexo',
  author: { displayName: 'Lucía Martín', signature: null },
  links: [],
  linksUntil: new Date('2026-12-21T23:30:00Z'),
  timeZone: 'Europe/Madrid',
  ...over,
});
const ANSWER = 'Caso H-7K2F-9Q · Responde a este correo y tu mensaje llegará al mismo caso.';

describe('a letter', () => {
  it('is the text, who wrote it, and how to answer', () => {
    expect(letterOf(letter()).text).toBe(
      `Hola Robin:\n\nYa está en camino.\n\n-- \nLucía\nAtención al cliente · Nexo\n\n${ANSWER}\n`,
    );
  });

  it('speaks the language of its reader', () => {
    expect(letterOf(letter({ language: 'en', text: 'On its way.' })).text).toBe(
      'On its way.\n\n-- \nLucía\nCustomer care · Nexo\n\nCase H-7K2F-9Q · Answer this email and your message reaches the same case.\n',
    );
    expect(letterOf(letter({ language: 'en' })).html).toContain('<html lang="en">');
  });

  it.each([
    ['Un saludo,\nLucía', ['Atención al cliente · Nexo']],
    ['Un saludo,\nLucía Martín.', ['Atención al cliente · Nexo']],
    ['Pregunta por Lucía', ['Lucía', 'Atención al cliente · Nexo']],
  ])('that ends %j is signed %j', (text, lines) => {
    expect(letterOf(letter({ text })).text).toContain(`${text}\n\n-- \n${lines.join('\n')}\n\n`);
  });

  it('is signed as its writer wants', () => {
    const author = { displayName: 'Lucía Martín', signature: 'Lucía · taller\nde lunes a viernes ' };
    expect(letterOf(letter({ author })).text).toContain('-- \nLucía · taller\nde lunes a viernes\n\n');
  });

  it('that nobody wrote says so', () => {
    const { text } = letterOf(letter({ author: null }));
    expect(text).toContain('-- \nAtención al cliente · Nexo\n\nCaso H-7K2F-9Q · Este aviso es automático.');
  });

  it("that nobody wrote says all around it in both languages while nobody knows the customer's", () => {
    const { text, html } = letterOf(letter({ author: null, languageKnown: false }));
    const around = [
      'Atención al cliente · Nexo',
      'Customer care · Nexo',
      'Este aviso es automático.',
      'This notice is automatic.',
    ];
    for (const form of [text, html]) {
      const places = around.map((words) => form.indexOf(words));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
    expect(letterOf(letter({ languageKnown: false })).text).not.toContain('Customer care');
  });

  it('says in html what it says in text, and nothing else', () => {
    const { html } = letterOf(letter({ text: 'Hola <b>Robin</b> & co\r\nlínea\n\n\n"Adiós"' }));
    expect(html).toBe(
      '<!doctype html>\n<html lang="es"><body>\n<p>Hola &lt;b&gt;Robin&lt;/b&gt; &amp; co<br>\nlínea</p>\n<p>&quot;Adiós&quot;</p>\n' +
        '<p style="margin-top:24px">Lucía<br>\nAtención al cliente · Nexo</p>\n' +
        `<p style="color:#666;font-size:85%">${ANSWER}</p>\n</body></html>\n`,
    );
  });

  it('makes addresses in the text something to click on', () => {
    const { html } = letterOf(letter({ text: 'Mira (https://nexo.example/a?b=1&c="2), o http://x.example/.' }));
    expect(html).toContain(
      '<p>Mira (<a href="https://nexo.example/a?b=1&amp;c=">https://nexo.example/a?b=1&amp;c=</a>&quot;2), o <a href="http://x.example/">http://x.example/</a>.</p>',
    );
  });

  it('lists files to download with name, size and until when, by the clock of the house', () => {
    const links = [{ fileName: 'vídeo <1>.mp4', size: 23_456_789, url: 'https://hilo.example/files/abc' }];
    const { text, html } = letterOf(letter({ links }));
    expect(text).toContain(
      'Archivos para descargar, hasta el 22 de diciembre de 2026:\n- vídeo <1>.mp4 (23,5 MB)\n  https://hilo.example/files/abc\n\n-- \n',
    );
    expect(html).toContain('<li><a href="https://hilo.example/files/abc">vídeo &lt;1&gt;.mp4</a> (23,5 MB)</li>');
    expect(letterOf(letter({ links, language: 'en' })).text).toContain('Files to download, until December 22, 2026:');
  });

  it('never lets a text become markup', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', '&', 'a', ' ', '\n', 'https://x.y/', "'", '=') }),
        (text) => {
          const { html } = letterOf(letter({ text, author: { displayName: text, signature: text } }));
          expect(
            html.match(/<(?!\/?(?:!doctype html|html lang="es"|html|body|p|br|a|p style="[^"]*"|a href="[^"<>]*")>)/gu),
          ).toBeNull();
        },
      ),
    );
  });
});
