import { amountText, PAYERS, type Payer } from '#contracts';
import type { TrackedQuote, TrackedRepair } from '#views';
import { markup, type Markup } from './html.js';
import type { Scene } from './scene.js';
import { REPAIR_WORDS } from './repair-words.js';
import { fill } from './words.js';

/** Of the fingerprint, as much as one compares by eye. */
const SHOWN = 16;

/** The quote the customer decides about, or has decided; older versions only by name. */
export function quoteOf(scene: Scene, repair: TrackedRepair): Markup | null {
  const [newest, ...older] = repair.quotes;
  const quote = repair.quotes.find(({ state }) => state === 'offered') ?? newest;
  if (!quote || quote.state === 'withdrawn') return null;
  const words = REPAIR_WORDS[scene.state.language];
  const id = `quote-${quote.version}`;
  return markup`<section class="bx" id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${fill(words.quote, { device: repair.device })}</h2><p class="hint">${fill(words.version, { version: quote.version })}</p>${lines(scene, quote)}${totals(scene, quote)}${cover(scene, quote)}${decision(scene, quote)}${earlier(scene, older)}</section>`;
}

function lines({ state, mask }: Scene, { lines: all, currency }: TrackedQuote): Markup {
  const words = REPAIR_WORDS[state.language];
  const money = (cents: number) => amountText(cents, currency, state.language);
  const items = all.map(({ description, quantity, listCents, agreedCents, agreement, totalCents }) => {
    const less = agreedCents < listCents;
    return markup`<li><span>${quantity > 1 ? `${quantity} × ` : ''}${mask(description)}${less && agreement ? markup`<small>${fill(words.source, { source: mask(agreement) })}</small>` : null}</span><span class="m">${less ? markup`<s>${money(quantity * listCents)}</s> ` : null}${money(totalCents)}</span></li>`;
  });
  return markup`<ul class="im q">${items}</ul>`;
}

function totals({ state }: Scene, quote: TrackedQuote): Markup {
  const words = REPAIR_WORDS[state.language];
  const money = (cents: number) => amountText(cents, quote.currency, state.language);
  const cut = quote.totalCents < quote.listCents;
  const row = (term: string, cents: number, yours = false) =>
    markup`<div${yours ? markup` class="y"` : null}><dt>${term}</dt><dd>${money(cents)}</dd></div>`;
  const payers = PAYERS.filter((payer): payer is Exclude<Payer, 'customer'> => payer !== 'customer')
    .filter((payer) => quote.shares[payer] > 0)
    .map((payer) => row(fill(words.payer[payer], { brand: state.brand }), quote.shares[payer]));
  return markup`<dl class="sum">${cut ? row(words.list, quote.listCents) : null}${row(words.agreed, quote.totalCents)}${payers}${row(words.payer.customer, quote.shares.customer, true)}</dl>`;
}

function cover({ state, moments, mask }: Scene, { cover: covered, validUntil, state: stands }: TrackedQuote): Markup {
  const words = REPAIR_WORDS[state.language];
  const until =
    stands === 'offered' && validUntil
      ? markup`<p class="hint">${fill(words.until, { moment: moments.upTo(validUntil) })}</p>`
      : null;
  return markup`${covered ? markup`<h3>${words.cover}</h3><p>${fill(words.months, { months: covered.months, what: mask(covered.what) })}</p>` : null}${until}`;
}

function decision(scene: Scene, quote: TrackedQuote): Markup | null {
  const { state, moments } = scene;
  const words = REPAIR_WORDS[state.language];
  const trouble = state.quote && markup`<p class="no-n" role="alert">${state.quote.trouble}</p>`;
  if (quote.state === 'approved' && quote.decision) {
    const { how, byName, at } = quote.decision;
    const moment = moments.inSentence(at);
    return markup`${trouble}<p class="ok-n" role="status">${fill(words.approved[how], { name: byName, moment })}</p>${print(scene, quote)}`;
  }
  if (quote.state === 'declined' && quote.decision) {
    const { byName, at } = quote.decision;
    const moment = moments.inSentence(at);
    return markup`${trouble}<p class="no-n" role="status">${fill(words.declined, { name: byName, moment })}</p>`;
  }
  if (quote.state === 'offered' && !isOver(scene, quote)) return markup`${trouble}${form(scene, quote)}`;
  return markup`${trouble}<p class="no-n">${words.expired}</p>`;
}

const isOver = ({ state }: Scene, { validUntil }: TrackedQuote): boolean =>
  validUntil !== null && new Date(validUntil) <= state.now;

/** Says yes or no without a script: two forms, of this version and its text. */
function form({ state }: Scene, quote: TrackedQuote): Markup {
  const words = REPAIR_WORDS[state.language];
  const typed = state.quote;
  const action = `${state.path}/quote?lang=${state.language}`;
  const of = markup`<input type="hidden" name="quote" value="${quote.id}"><input type="hidden" name="hash" value="${quote.hash}">`;
  const name = (id: string) =>
    markup`<label for="${id}">${words.name}</label><input id="${id}" class="t" name="name" autocomplete="name" maxlength="120" required value="${typed?.byName ?? ''}">`;
  const shown = `${(quote.hash ?? '').slice(0, SHOWN)}…`;
  return markup`<h3>${words.decide}</h3><form method="post" action="${action}" enctype="multipart/form-data">${of}${name('yes-name')}<p class="hint">${fill(words.keeps, { hash: shown })}</p><button class="btn" name="decision" value="approve">${words.approve}</button></form><details class="no"><summary>${words.decline}</summary><form method="post" action="${action}" enctype="multipart/form-data">${of}${name('no-name')}<label for="why">${words.declineWhy}</label><textarea id="why" name="reason" maxlength="500" required>${typed?.reason ?? ''}</textarea><button class="btn q" name="decision" value="decline">${words.declineDo}</button></form></details>`;
}

const print = ({ state }: Scene, { hash }: TrackedQuote): Markup =>
  markup`<p class="hint">${REPAIR_WORDS[state.language].print}: ${(hash ?? '').slice(0, SHOWN)}…</p>`;

function earlier({ state }: Scene, older: readonly TrackedQuote[]): Markup | null {
  const gone = older.filter(({ state: stands }) => stands === 'superseded');
  if (gone.length === 0) return null;
  const words = REPAIR_WORDS[state.language];
  const list = gone.map(
    ({ version, shares, currency }) =>
      markup`<li><span>${fill(words.version, { version })}</span><small>${words.payer.customer}: ${amountText(shares.customer, currency, state.language)}</small></li>`,
  );
  return markup`<details><summary>${words.earlier}</summary><ul class="im">${list}</ul></details>`;
}
