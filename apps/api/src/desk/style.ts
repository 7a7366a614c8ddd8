import { policyOf, STYLE } from '../tracking/style.js';

/** A page that is worked on: two columns where there is room, and forms that stand in a list. */
export const DESK_STYLE = [
  STYLE,
  '.g{display:grid;gap:0 20px}.g>*{min-width:0}',
  '@media(min-width:960px){.p.w{max-width:1120px}.g{grid-template-columns:minmax(0,1fr) 420px;align-items:start}.g>.l{grid-column:1}.g>.r{grid-column:2;grid-row:1/span 2}}',
  '.fx{display:grid;grid-template-columns:repeat(auto-fit,minmax(132px,1fr));gap:10px 16px;margin-top:16px}.fx dt{font-size:13px;line-height:18px;color:var(--text3)}.fx dd{margin:0;font-weight:560;overflow-wrap:anywhere}.fx .hot{color:var(--bad)}',
  '.say1{white-space:pre-line;font-size:17px;line-height:26px;color:var(--text)!important}',
  '.ask{margin-top:14px;padding-left:12px;border-left:3px solid var(--accent)}',
  '.act{margin-top:10px;border-top:1px solid var(--line)}.act:first-of-type{border-top:0}.act>summary{min-height:44px;padding:4px 0}.act>summary b{font-weight:600}.act>summary small{display:block;font-size:14px;line-height:20px;color:var(--text3)}.act[open]{padding-bottom:14px}',
  '.two{display:grid;grid-template-columns:1fr 1fr;gap:0 12px}.two>*{min-width:0}.two>:not(.x):not(fieldset){display:grid;grid-template-rows:subgrid;grid-row:span 4;align-content:start}.two label{align-self:end}.two>.x{grid-column:1/-1}@media(max-width:359px){.two{grid-template-columns:1fr}}',
  'input.t,select.t{display:block;width:100%;min-height:48px;margin-top:6px;padding:0 14px;border:1px solid var(--line3);border-radius:12px;background:var(--surface);color:var(--text);font:inherit}',
  'textarea.s{min-height:72px}',
  'fieldset{border:0;padding:0;margin:14px 0 0;min-width:0}legend{padding:0;font-size:14px;line-height:20px;font-weight:600;color:var(--text3)}',
  '.row{padding:12px 14px 14px;border-radius:14px;background:var(--inset);margin-top:10px}.row legend{float:left;width:100%;margin-bottom:-8px}.row>.two{clear:both}#said,#act{scroll-margin-top:12px}',
  '.gap{margin:14px 2px 0}',
  '.op{font-weight:400;color:var(--text3)}',
  '.er{color:var(--bad);font-size:14px;line-height:20px;margin-top:4px;font-weight:500}.bad{border-color:var(--bad)!important}',
  '.ra{display:flex;gap:10px;margin-top:6px}.ra label{flex:1;display:flex;gap:10px;align-items:center;min-height:48px;margin:0;padding:0 14px;border:1px solid var(--line3);border-radius:12px;font-size:16px;font-weight:500}.ra input{width:18px;height:18px;accent-color:var(--accent)}',
  '.kv{margin-top:8px}.kv div{display:grid;grid-template-columns:minmax(96px,34%) 1fr;gap:12px;padding:7px 0}.kv div+div{border-top:1px solid var(--line)}.kv dt{color:var(--text3)}.kv dd{margin:0;overflow-wrap:anywhere}',
  '.st{list-style:none;padding:0;margin-top:8px}.st li{padding:8px 0}.st li+li{border-top:1px solid var(--line)}.st small{display:block;font-size:14px;line-height:20px;color:var(--text3)}.st p{margin:0;white-space:pre-line;overflow-wrap:anywhere;color:var(--text)}',
  '.ph1{display:grid;grid-template-columns:repeat(auto-fill,minmax(104px,1fr));gap:8px;margin-top:12px}.ph1 a{display:block;border-radius:12px;overflow:hidden;background:var(--inset);box-shadow:0 0 0 1px var(--line)}.ph1 img{display:block;width:100%;height:auto;aspect-ratio:1;object-fit:cover}',
  'a.btn{text-align:center;text-decoration:none;line-height:52px}a.btn.s{background:none;color:var(--atext);box-shadow:inset 0 0 0 1px var(--line3);font-size:16px}',
  '.btn.d{background:none;color:var(--bad);box-shadow:inset 0 0 0 1px var(--line3)}',
  '.talk .im{margin-top:4px}.talk .sum{padding-top:4px;margin-top:4px}',
].join('');

export const DESK_POLICY = policyOf(DESK_STYLE);
