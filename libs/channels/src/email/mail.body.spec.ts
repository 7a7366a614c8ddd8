import { bodyOf, type MailPart } from './mail.body.js';
import { MAIL_LIMITS } from './mail.limits.rules.js';

const part = (contentType: string, textContent?: string, children: MailPart[] = []): MailPart => ({
  contentType,
  headers: new Map(),
  children,
  ...(textContent !== undefined && { textContent }),
});
const html = (content: string) => part('text/html', content);
const mixed = (...children: MailPart[]) => part('multipart/mixed', undefined, children);

describe('the body of a mail', () => {
  it('puts its parts together', () => {
    expect(bodyOf(mixed(part('text/plain', 'Hola'), html('<p>Adiós</p>')))).toEqual({
      text: 'Hola\nAdiós',
      html: '<p style="white-space:pre-wrap">Hola</p><br>\n<p>Adiós</p>',
      cut: false,
    });
  });

  it('turns so much html into words, of all parts together', () => {
    const words = 'x'.repeat(MAIL_LIMITS.htmlRead / 2 - 7);
    const body = bodyOf(
      mixed(html(`<p>${words}</p>`), html(`<p>${words}</p>`), html('tarde'), part('text/plain', 'fin')),
    );
    expect(body.text.replace(/x+/gu, 'x')).toBe('x\nx\n\nfin');
    expect(body.cut).toBe(true);
    expect(body.html).toContain('tarde');
  });

  it('reads so many tags, of all parts together: each open one makes the next dearer', () => {
    const nested = (name: string) => html(`${'<div>'.repeat(MAIL_LIMITS.htmlTags / 2 - 1)}<b>${name}`);
    const body = bodyOf(mixed(nested('uno'), nested('dos'), html('tres <b>cuatro'), html('cinco')));
    expect(body.text.split(/\n+/u)).toEqual(['…', '…', 'tres', 'cinco']);
    expect(body.cut).toBe(true);
  });

  it('says so when its html is too long to be shown, whatever its text', () => {
    const tags = '<i></i>'.repeat(MAIL_LIMITS.htmlTagsShown / 2);
    const both = (content: string) =>
      part('multipart/alternative', undefined, [part('text/plain', 'Hola'), html(content)]);
    expect(bodyOf(both(tags))).toEqual({ text: 'Hola', html: tags, cut: false });
    expect(bodyOf(both(`${tags}<b>más`))).toEqual({ text: 'Hola', html: tags, cut: true });
  });

  it('is whole as long as the budget lasts', () => {
    const letters = `${'<p>a</p>'.repeat(MAIL_LIMITS.htmlTags / 2)}`;
    expect(bodyOf(html(letters))).toMatchObject({ cut: false });
    expect(bodyOf(html(`${letters}<p>`))).toMatchObject({ cut: true });
  });
});
