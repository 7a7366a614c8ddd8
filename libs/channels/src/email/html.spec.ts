import { HtmlWords, sanitiseMailHtml } from './html.js';
import { MAIL_LIMITS } from './mail.limits.rules.js';

const safe = (html: string) => sanitiseMailHtml(html, (cid) => (cid === 'foto@x' ? '0197' : null));

describe('sanitiseMailHtml', () => {
  it.each([
    ['scripts', '<p>a<script>alert(1)</script></p>', '<p>a</p>'],
    ['handlers', '<p onclick="x()" onmouseover=y>a</p>', '<p>a</p>'],
    ['style sheets', '<style>p{color:red}</style><p>a</p>', '<p>a</p>'],
    ['frames', '<iframe src="https://evil.example"></iframe><p>a</p>', '<p>a</p>'],
    ['forms, keeping their words', '<form action="/x">Clave <input name="p"><button>ok</button></form>', 'Clave ok'],
    ['drawings', '<svg onload="x()"><script>1</script><text>t</text></svg><p>a</p>', '<p>a</p>'],
    ['base and meta', '<base href="https://evil.example"><meta http-equiv="refresh" content="0"><p>a</p>', '<p>a</p>'],
    ['linked sheets', '<link rel="stylesheet" href="https://evil.example/x.css">a', 'a'],
    ['style that leaves its place', '<p style="position:fixed;top:0;color:#333">a</p>', '<p style="color:#333">a</p>'],
    [
      'style that fetches',
      '<p style="background:url(https://t.example/x);background-color:red">a</p>',
      '<p style="background-color:red">a</p>',
    ],
    [
      'backgrounds that fetch',
      '<table background="https://t.example/x"><tr><td>a</td></tr></table>',
      '<table><tr><td>a</td></tr></table>',
    ],
    ['comments', '<!-- [if mso]>x<![endif] --><p>a</p>', '<p>a</p>'],
  ])('drops %s', (_case, dirty, clean) => {
    expect(safe(dirty)).toBe(clean);
  });

  it.each([
    'javascript:x()',
    'JaVaScRiPt:x()',
    ' javascript:x()',
    'java\tscript:x()',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
  ])('leads nowhere for %j', (href) => {
    expect(safe(`<a href="${href}">a</a>`)).not.toContain('href');
  });

  it('opens links outside, telling nobody where they were', () => {
    expect(safe('<a href="https://nexo.example" target="_top" rel="opener">a</a>')).toBe(
      '<a href="https://nexo.example" target="_blank" rel="noopener noreferrer nofollow">a</a>',
    );
  });

  it.each([
    ['inline by cid', 'cid:foto@x', '<img src="/api/v1/attachments/0197/content" />'],
    ['inline by an encoded cid', 'cid:foto%40x', '<img src="/api/v1/attachments/0197/content" />'],
    ['a cid of no part', 'cid:otra', '<img data-blocked="missing" />'],
    ['remote', 'https://t.example/x.gif?u=1', '<img data-blocked="remote" data-src="https://t.example/x.gif?u=1" />'],
    [
      'remote without a scheme',
      '//t.example/x.gif',
      '<img data-blocked="remote" data-src="https://t.example/x.gif" />',
    ],
    ['inside the mail', 'data:image/png;base64,AAAA', '<img src="data:image/png;base64,AAAA" />'],
    ['a drawing inside the mail', 'data:image/svg+xml;base64,AAAA', '<img />'],
    ['our own pages', '/api/v1/session', '<img />'],
    ['a file', 'file:///x', '<img />'],
  ])('images: %s', (_case, src, shown) => {
    expect(safe(`<img src="${src}">`)).toBe(shown);
  });

  it('does not let a mail say what was blocked', () => {
    expect(safe('<img data-src="https://t.example/x" srcset="https://t.example/y 2x">')).toBe('<img />');
  });

  it('survives a cid that is no text', () => {
    expect(safe('<img src="cid:%E0%A4%A">')).toBe('<img data-blocked="missing" />');
  });

  it('shows so many tags and no more: each open one makes the next dearer', () => {
    const most = MAIL_LIMITS.htmlTagsShown;
    expect(safe(`${'<br>'.repeat(most)}hola`)).toMatch(/hola$/u);
    expect(safe(`${'<br>'.repeat(most)}hola<b>adiós</b>`)).toMatch(/hola$/u);
  });

  it('survives thousands of nested elements', () => {
    expect(safe(`${'<div>'.repeat(5000)}hola${'</div>'.repeat(5000)}`).length).toBeLessThan(20_000);
  });
});

describe('HtmlWords', () => {
  it.each([
    ['<p>Hola</p><p>No&nbsp;funciona<br>nada</p>', 'Hola\n\nNo funciona\nnada'],
    ['<h1>Título</h1>', 'Título'],
    ['<a href="https://x.example">https://x.example</a>', 'https://x.example'],
    ['<style>p{}</style><script>1</script><img src=x alt=y>texto', 'texto'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a\nb'],
    ['<ul><li>uno</li><li>dos</li></ul>', '* uno\n * dos'],
    ['', ''],
  ])('%j reads %j', (html, text) => {
    expect(new HtmlWords().of(html)).toBe(text);
  });
});
