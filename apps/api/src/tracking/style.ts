import { createHash } from 'node:crypto';
import { Markup } from './html.js';

/** The look of what customers see without a login: the tokens of the house, written small; no script, no font to fetch. */
export const STYLE = [
  ':root{color-scheme:light dark;--canvas:#f4f3ef;--surface:#fff;--line:#e9e7e1;--line2:#d6d3cb;--line3:#8c887f;--text:#1c1b19;--text2:#514e48;--text3:#69665f;--accent:#3d50c6;--atext:#3445b4;--tint:#eef0fc;--on:#fff;--met:#1b6a45;--mett:#e6f4ec;--bad:#b0221e;--badt:#fdecea;--inset:#f2f1ec}',
  '@media(prefers-color-scheme:dark){:root{--canvas:#0f0f0e;--surface:#191918;--line:#2a2a27;--line2:#3d3d38;--line3:#77746c;--text:#edece8;--text2:#bebbb3;--text3:#9d9a92;--accent:#5566dd;--atext:#a5b1ff;--tint:#23273f;--met:#79d3a4;--mett:#17291f;--bad:#ff9a90;--badt:#3a1a17;--inset:#222220}}',
  '*{box-sizing:border-box;margin:0}',
  'body{background:var(--canvas);color:var(--text);font:16px/24px "Inter Variable",Inter,-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}',
  '.p{max-width:520px;margin:0 auto;padding:0 16px 32px}',
  'a{color:var(--atext);text-underline-offset:2px}',
  ':focus-visible{outline:2px solid var(--atext);outline-offset:2px;border-radius:4px}',
  '.ph{display:flex;flex-wrap:wrap;align-items:center;gap:0 12px;min-height:56px;color:var(--text3);font-size:14px}',
  '.ph b{font-size:20px;font-weight:720;letter-spacing:-.03em;color:var(--text);margin-right:auto;text-transform:lowercase}',
  '.ph a{text-decoration:none;padding:8px 0}',
  'h1{font-size:28px;line-height:34px;font-weight:640;letter-spacing:-.022em;margin-top:12px;text-wrap:balance;overflow-wrap:anywhere}',
  '.lead{font-size:17px;line-height:25px;color:var(--text2);margin-top:6px;text-wrap:pretty}',
  '.own{display:flex;gap:12px;align-items:center;margin:16px 0 2px;font-size:15px;line-height:21px;color:var(--text2)}.own b{color:var(--text);font-weight:600}',
  '.av{flex:none;width:40px;height:40px;border-radius:50%;display:grid;place-items:center;background:var(--tint);color:var(--atext);font-weight:600;font-size:14px}',
  '.bx{background:var(--surface);border-radius:16px;padding:18px;margin-top:14px;box-shadow:0 0 0 1px var(--line)}',
  '.bx h2,summary h2{font-size:17px;line-height:24px;font-weight:620}.bx h3{font-size:14px;line-height:20px;font-weight:600;color:var(--text3);margin-top:14px}',
  '.bx>p,details>p{margin-top:6px;color:var(--text2);overflow-wrap:anywhere}',
  '.im{list-style:none;padding:0;margin-top:6px}.im li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px;padding:7px 0}.im li+li{border-top:1px solid var(--line)}.im small{font-size:14px;color:var(--text3)}.im .ok small{color:var(--met)}',
  '.im.q small{display:block}.im .m{margin-left:auto;white-space:nowrap}.im s{color:var(--text3)}',
  '.sum{margin-top:10px;padding-top:8px;border-top:1px solid var(--line2)}.sum div{display:flex;justify-content:space-between;gap:12px;padding:4px 0;color:var(--text2)}.sum .y{font-size:18px;font-weight:620;color:var(--text)}',
  'input.t{display:block;width:100%;min-height:48px;margin-top:6px;padding:0 14px;border:1px solid var(--line3);border-radius:12px;background:var(--surface);color:var(--text);font:inherit}.no{margin-top:14px}.no summary{color:var(--text2);min-height:44px}',
  '.vt{list-style:none;padding:0;margin-top:12px}.vt li{position:relative;padding:0 0 16px 34px}.vt li:last-child{padding-bottom:0}',
  '.vt li::before{content:"";position:absolute;left:9px;top:12px;bottom:-12px;width:2px;background:var(--accent)}.vt li:last-child::before{display:none}',
  '.vt .d{position:absolute;left:0;top:2px;width:20px;height:20px;border-radius:50%;background:var(--accent);color:var(--on);display:grid;place-items:center}.vt svg{width:12px;height:12px;fill:none;stroke:currentColor;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}',
  '.vt .now .d{background:var(--surface);box-shadow:inset 0 0 0 6px var(--accent),0 0 0 4px var(--tint)}.vt .now::before,.vt .nx::before{background:repeating-linear-gradient(var(--line2) 0 4px,transparent 4px 8px)}.vt .nx .d{background:var(--surface);box-shadow:inset 0 0 0 2px var(--line2)}',
  '.vt b{font-weight:600;display:block}.vt .nx b{color:var(--text2);font-weight:500}.vt small{font-size:14px;line-height:20px;color:var(--text3);display:block}',
  'label,.lb{display:block;font-size:14px;line-height:20px;font-weight:600;margin-top:12px}',
  'textarea{display:block;width:100%;min-height:96px;margin-top:6px;padding:12px 14px;border:1px solid var(--line3);border-radius:12px;background:var(--surface);color:var(--text);font:inherit;resize:vertical}',
  'input[type=file]{display:block;width:100%;margin-top:6px;padding:10px 0;font:inherit;font-size:15px;color:var(--text2)}input[type=file]::file-selector-button{min-height:44px;margin-right:12px;padding:0 16px;border:1px solid var(--line3);border-radius:12px;background:var(--surface);color:var(--text);font:inherit;font-weight:600;cursor:pointer}',
  '.hint{font-size:14px;line-height:20px;color:var(--text3);margin-top:4px}',
  '.btn{display:block;width:100%;min-height:52px;margin-top:12px;padding:0 16px;border:0;border-radius:12px;background:var(--accent);color:var(--on);font:inherit;font-size:17px;font-weight:600;cursor:pointer}',
  '.btn.q{background:none;color:var(--bad);box-shadow:inset 0 0 0 1px var(--line2);font-size:15px;min-height:44px}',
  '.ok-n,.no-n{border-radius:12px;padding:12px 14px;margin-top:12px;font-weight:500}.ok-n{background:var(--mett);color:var(--met)}.no-n{background:var(--badt);color:var(--bad)}',
  'summary{cursor:pointer;display:flex;align-items:center;gap:8px;min-height:24px;list-style:none}summary::-webkit-details-marker{display:none}summary::after{content:"";margin-left:auto;width:8px;height:8px;border:solid var(--text3);border-width:0 2px 2px 0;transform:rotate(45deg)}details[open]>summary::after{transform:rotate(225deg)}summary .n{font-size:14px;color:var(--text3)}',
  '.talk{list-style:none;padding:0;margin-top:12px}.talk>li{margin-top:12px;padding:10px 14px;border-radius:14px;background:var(--inset);overflow-wrap:anywhere;margin-right:24px}.talk .you{background:var(--tint);margin:12px 0 0 24px}',
  '.talk .w{font-size:13px;line-height:18px;color:var(--text3)}.talk .w b{color:var(--text2);font-weight:600}.talk p{white-space:pre-line;margin-top:2px}.talk .c{font-size:14px;color:var(--text3)}.talk ul{list-style:none;padding:0;margin-top:4px;font-size:14px}',
  '.nav{display:flex;gap:16px;margin-top:12px;font-size:15px}.nav a{padding:6px 0}',
  '.fo{font-size:13px;line-height:19px;color:var(--text3);margin-top:20px}.fo summary{display:inline-block;color:var(--atext);text-decoration:underline;padding:6px 0}.fo summary::after{display:none}',
  '.say{padding:18vh 0 0}.say section+section{margin-top:28px;padding-top:28px;border-top:1px solid var(--line2)}.say h1,.say h2{font-size:22px;line-height:28px;font-weight:640;letter-spacing:-.02em}.say p.code{color:var(--text);margin-bottom:16px}.say p{margin-top:6px;color:var(--text2)}',
  '.code{font-size:34px;line-height:44px;font-weight:640;letter-spacing:.02em;margin-top:20px}.qr{margin-top:16px;padding:16px;border-radius:16px;background:#fff;max-width:280px}.qr svg{display:block;width:100%;height:auto}',
].join('');

/** Nothing runs, nothing is fetched but what stands on the page, and its forms go nowhere else. */
export const policyOf = (style: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "img-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

export const POLICY = policyOf(STYLE);

/** What is done. */
export const TICK = new Markup('<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M20 6 9 17l-5-5"/></svg>');
