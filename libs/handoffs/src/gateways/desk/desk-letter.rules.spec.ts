import { deskLetter } from './desk-letter.rules.js';

const letter = (more: Partial<Parameters<typeof deskLetter>[0]> = {}) =>
  deskLetter({
    ...{
      kind: 'sent',
      brand: 'Nexo',
      reference: 'H-7K2F-9Q.1',
      language: 'es',
      page: 'https://n.example/desk/x?a=1&b=2',
    },
    ...more,
  });

describe('the letter that leads to the desk', () => {
  it('says that there is something, and where', () => {
    const { subject, text, html } = letter();
    expect(subject).toBe('[H-7K2F-9Q.1] Nexo os pasa un trabajo');
    expect(text).toContain('https://n.example/desk/x?a=1&b=2');
    expect(html).toContain('href="https://n.example/desk/x?a=1&amp;b=2"');
    expect(letter({ language: 'en', kind: 'info' }).subject).toBe('[H-7K2F-9Q.1] Nexo answered your question');
    expect(letter({ kind: 'note' }).subject).toBe('[H-7K2F-9Q.1] Nexo ha escrito algo nuevo');
    // A word has the name of nothing else the letter says.
    expect(letter({ kind: 'accepted' }).subject).toBe('[H-7K2F-9Q.1] Nexo ha escrito algo nuevo');
  });

  it('asks for what was downloaded where it is to be forgotten, and leads nowhere', () => {
    const { text, html } = letter({ kind: 'recalled', page: null });
    expect(text).toContain('Borrad lo que hayáis descargado');
    expect(text + html).not.toMatch(/https?:|href/u);
  });

  it('lets nobody write markup by a name', () => {
    expect(letter({ brand: '<b>"Nexo"' }).html).toContain('&lt;b&gt;&quot;Nexo&quot; os pasa');
  });
});
