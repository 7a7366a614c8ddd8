import fc from 'fast-check';
import { sanitiseMailHtml } from './html.js';

const safe = (html: string) => sanitiseMailHtml(html, (cid) => (cid === 'foto' ? '0197' : null), true);

/** Words of markup that runs, leaves its place, or fetches, in what a browser would be given. */
const RUNS =
  /<\s*(?:script|iframe|object|embed|applet|form|input|button|svg|math|style|link|meta|base|template|audio|video|source|frame|portal|dialog)\b|[\s"'/]on[a-z]+\s*=|(?:javascript|vbscript|livescript|mocha)\s*:|expression\s*\(|behavior\s*:|-moz-binding|@import/iu;
/** What makes a browser ask a stranger's server. `data-src` waits for a person. */
const FETCHES =
  /\s(?:src|srcset|background|poster|data|lowsrc|dynsrc|icon|ping)\s*=\s*["']?\s*(?:https?:|\/\/)|url\s*\(|image-set\s*\(/iu;

/** Tried on web mail before: filter evasion lists, and what trackers use. Each must come out dead. */
const ATTACKS = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<script\x20type="text/javascript">alert(1);</script>',
  '<script/x>alert(1)</script>',
  '<<script>alert(1);//<</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="x` `<script>alert(1)</script>"` `>',
  '<img/src="x"/onerror=alert(1)//>',
  '<img src=x:alert(alt) onerror=eval(src) alt=1>',
  '<img """><script>alert("x")</script>">',
  '<img src="jav&#x09;ascript:alert(1);">',
  '<img src=javascript:alert(1)>',
  '<img src=`javascript:alert(1)`>',
  '<img dynsrc="javascript:alert(1)" lowsrc="https://t.example/x">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<math href="javascript:alert(1)">x</math>',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<body onload=alert(1)>',
  '<body background="https://t.example/x.gif">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java&#10;script:alert(1)">x</a>',
  '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)">x</a>',
  '<a href="\u0001javascript:alert(1)">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="https://x.example" ping="https://t.example/p">x</a>',
  '<a href="https://x.example" onclick="alert(1)">x</a>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="https://evil.example">',
  '<object data="https://evil.example/x.swf"></object>',
  '<embed src="https://evil.example/x.swf">',
  '<applet code="x">',
  '<form action="https://evil.example"><input name=p><button formaction="javascript:alert(1)">ok</button></form>',
  '<isindex action="javascript:alert(1)" type=image>',
  '<input onfocus=alert(1) autofocus>',
  '<select onfocus=alert(1) autofocus>',
  '<textarea onfocus=alert(1) autofocus></textarea><img src=x onerror=alert(1)>',
  '<keygen autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<video><source onerror="alert(1)"></video>',
  '<video poster="https://t.example/x.jpg"></video>',
  '<audio src="https://t.example/x.mp3" autoplay></audio>',
  '<base href="javascript:alert(1)//">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<meta http-equiv="Content-Security-Policy" content="img-src *">',
  '<link rel="stylesheet" href="https://t.example/x.css">',
  '<link rel="prefetch" href="https://t.example/x">',
  '<style>@import "https://t.example/x.css";</style>',
  '<style>body{background:url(https://t.example/x)}</style>',
  '<style><img src="</style><img src=x onerror=alert(1)//">',
  '<p style="background:url(https://t.example/x)">x</p>',
  '<p style="background-image:\\75\\72\\6C(https://t.example/x)">x</p>',
  '<p style="background:image-set(\'https://t.example/x\' 1x)">x</p>',
  '<p style="list-style:url(https://t.example/x)">x</p>',
  '<p style="content:url(https://t.example/x)">x</p>',
  '<p style="width:expression(alert(1))">x</p>',
  '<p style="behavior:url(x.htc)">x</p>',
  '<p style="-moz-binding:url(https://t.example/x#y)">x</p>',
  '<p style="font-family:\'a\';background:url(https://t.example/x)">x</p>',
  '<p style="color:red;/*\'*/background:url(https://t.example/x)/*\'*/">x</p>',
  '<p style="cursor:url(https://t.example/x),auto">x</p>',
  '<p style="filter:url(https://t.example/x#f)">x</p>',
  '<p style="mask:url(https://t.example/x)">x</p>',
  '<p style="border-image:url(https://t.example/x) 30">x</p>',
  '<p style="border:url(https://t.example/x)">x</p>',
  '<table background="https://t.example/x"><td background="https://t.example/y">x</td></table>',
  '<img src="https://t.example/open.gif?id=1" width=1 height=1>',
  '<img src="//t.example/open.gif">',
  '<img src="/\\t.example/open.gif">',
  '<img srcset="https://t.example/x 2x">',
  '<picture><source srcset="https://t.example/x"><img src="cid:foto"></picture>',
  '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+">',
  '<img src="data:text/html,<script>alert(1)</script>">',
  '<img src="cid:foto" onload="alert(1)">',
  '<img src="cid:x&quot; onerror=&quot;alert(1)">',
  '<img data-src="https://t.example/x" data-blocked="remote" src="x" onerror="alert(1)">',
  '<image src=x onerror=alert(1)>',
  '<xss onmouseover="alert(1)">x</xss>',
  '<div/onmouseover="alert(1)">x</div>',
  '<p title="--><script>alert(1)</script>">x</p>',
  '<!--><script>alert(1)</script>-->',
  '<!--[if gte IE 4]><script>alert(1)</script><![endif]-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><html:script xmlns:html="http://www.w3.org/1999/xhtml">alert(1)</html:script>',
  '<template><script>alert(1)</script></template>',
  '<table><tr><td><script>alert(1)</script></table>',
  '<p>\u2028<script\u2028>alert(1)</script></p>',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  '<img src=x on\u0000error=alert(1)>',
  '<a href="https://x.example/"><script>alert(1)</script>">x</a>',
  '<title><img src=x onerror=alert(1)></title>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<plaintext><img src=x onerror=alert(1)>',
  '<listing>&lt;img src=x onerror=alert(1)&gt;</listing>',
  '<frameset onload=alert(1)><frame src="https://evil.example"></frameset>',
  '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999">x</div>',
];

/** What is left as markup: text that only looks like it is escaped and stays text. */
const markupOf = (html: string): string => (html.match(/<[^>]*>/gu) ?? []).join('\n');

describe('a mail that attacks', () => {
  it.each(ATTACKS)('is dead: %s', (attack) => {
    const markup = markupOf(safe(attack));
    expect(markup).not.toMatch(RUNS);
    expect(markup).not.toMatch(FETCHES);
    expect(markup).not.toMatch(/position|z-index/u);
  });

  it('is dead whatever it is put together from', () => {
    const piece = fc.oneof(fc.constantFrom(...ATTACKS), fc.constantFrom('<', '>', '"', "'", '</style>', '<!--', '-->'));
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 8 }), (pieces) => {
        const markup = markupOf(safe(pieces.join('')));
        expect(markup).not.toMatch(RUNS);
        expect(markup).not.toMatch(FETCHES);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it('stays as it is when it is made safe again', () => {
    // Our own pictures are no part of a mail, so they go when their page comes back as one.
    const withoutImages = (html: string) => html.replace(/<img[^>]*>/gu, '');
    for (const attack of ATTACKS) expect(withoutImages(safe(safe(attack)))).toBe(withoutImages(safe(attack)));
  });
});

describe('what a mail carries along', () => {
  const HISTORY = 'Hola, ¿el IMEI?';
  it.each([
    ['Gmail', `<div class="gmail_quote gmail_quote_container"><div>El lun</div><p>${HISTORY}</p></div>`, 'part'],
    ['Yahoo', `<div id="yahoo_quoted_1" class="yahoo_quoted">${HISTORY}</div>`, 'part'],
    ['Apple Mail', `<blockquote type="cite">${HISTORY}</blockquote>`, 'part'],
    ['Proton', `<div class="protonmail_quote">${HISTORY}</div>`, 'part'],
    [
      'Thunderbird',
      `<div class="moz-cite-prefix">El lun escribió:</div><blockquote type="cite">x</blockquote>`,
      'part',
    ],
    ['Outlook on the web', `<hr><div id="divRplyFwdMsg"><b>De:</b> Nexo</div><div>${HISTORY}</div>`, 'rest'],
    ['Outlook on the web, quoted once more', `<div id="x_divRplyFwdMsg"><b>De:</b> Nexo</div><div>x</div>`, 'rest'],
    [
      'Outlook',
      `<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p>De: Nexo</p></div></div>`,
      'rest',
    ],
  ])('is marked: %s', (_case, quote, mark) => {
    const html = `<div>El IMEI es 3564.</div>${quote}`;
    expect(safe(html)).toContain(`data-quoted="${mark}"`);
    expect(safe(html)).toMatch(/^<div>El IMEI es 3564\.<\/div>/u);
    expect(sanitiseMailHtml(html, () => null)).not.toContain('data-quoted');
  });

  it('is not what the mail says it is', () => {
    expect(safe('<div data-quoted="part">a</div><p data-quoted="rest">b</p>')).toBe('<div>a</div><p>b</p>');
  });
});
