import { amountText, type HandoffWord, type PartnerQuote } from '#contracts';
import type { DeskEntry } from '#handoffs';
import { markup, type Markup } from '../tracking/html.js';
import { fill } from '../tracking/words.js';
import { filesOf } from './facts.js';
import type { DeskScene } from './scene.js';

/** What was said, oldest first: all that is for the partner, whichever way it came. */
export const talkOf = (scene: DeskScene): Markup => talk(scene, ({ files }) => filesOf(scene, files));

/** The same on paper: files by their names. */
export const talkSheet = (scene: DeskScene): Markup =>
  talk(scene, ({ files }) =>
    files.length > 0 ? markup`<p class="c">${files.map(({ fileName }) => fileName).join(', ')}</p>` : null,
  );

type Files = (entry: DeskEntry) => Markup | null;

function talk(scene: DeskScene, files: Files): Markup {
  const { view, words } = scene;
  const said =
    view.entries.length > 0
      ? markup`<ol class="talk">${view.entries.map((entry) => entryOf(scene, entry, files))}</ol>`
      : markup`<p>${words.noTalk}</p>`;
  return markup`<section class="bx" id="talk" aria-labelledby="talk-h"><h2 id="talk-h">${words.section.talk}</h2>${said}</section>`;
}

function entryOf(scene: DeskScene, entry: DeskEntry, files: Files): Markup {
  const { id, ours, word, byName, at } = entry;
  const { words, moments, brand } = scene;
  const who = ours ? [byName, brand] : [byName || words.you];
  const more = detailsOf(scene, word);
  return markup`<li id="e-${id}"${ours ? null : markup` class="you"`}><div class="w"><b>${[...new Set(who)].filter(Boolean).join(', ')}</b> · ${words.said[word.kind]} · ${moments.moment(at)}</div>${textsOf(word).map((text) => markup`<p>${text}</p>`)}${more}${files(entry)}</li>`;
}

/** What somebody wrote in a word, whatever its kind calls it. */
export function textsOf(word: HandoffWord): string[] {
  const text = 'text' in word ? word.text : null;
  const reason = 'reason' in word ? word.reason : null;
  const question = 'question' in word ? word.question : null;
  return [text, reason, question].filter((one): one is string => Boolean(one));
}

function detailsOf(scene: DeskScene, word: HandoffWord): Markup | null {
  if (word.kind === 'quoted') return quoteOf(scene, word.quote);
  const lines = linesOf(scene, word);
  return lines.length > 0 ? markup`<p class="c">${lines.join(' · ')}</p>` : null;
}

/** What a word says beside its text. */
export function linesOf({ words, moments }: Pick<DeskScene, 'words' | 'moments'>, word: HandoffWord): string[] {
  const until = (at: string | null | undefined) => (at ? fill(words.until, { moment: moments.inSentence(at) }) : null);
  const lines: (string | null | undefined)[] = [];
  if (word.kind === 'accepted')
    lines.push(
      word.partnerRef ? fill(words.withNumber, { number: word.partnerRef }) : null,
      word.engineer ? fill(words.byEngineer, { name: word.engineer.name }) : null,
    );
  if (word.kind === 'rejected' && word.nextStep) lines.push(fill(words.followed, { text: word.nextStep }));
  if (word.kind === 'dispatched') lines.push(word.carrier, word.trackingNumber);
  if (word.kind === 'resolved') {
    lines.push(words.outcome[word.outcome]);
    if (word.cover) lines.push(fill(words.months, word.cover));
  }
  if (word.kind === 'quote_answered') lines.push(word.approved ? words.approved : words.declined);
  if ('etaAt' in word) lines.push(until(word.etaAt));
  return lines.filter((line): line is string => Boolean(line));
}

function quoteOf({ words, language, moments }: DeskScene, quote: PartnerQuote): Markup {
  const money = (cents: number) => amountText(cents, quote.currency, language);
  const lines = quote.lines.map(({ description, quantity, listCents, priceCents }) => {
    const less = priceCents < listCents ? markup`<s>${money(quantity * listCents)}</s> ` : null;
    return markup`<li><span>${quantity > 1 ? `${quantity} × ` : ''}${description}</span><span class="m">${less}${money(quantity * priceCents)}</span></li>`;
  });
  const total = quote.lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0);
  const more = [
    quote.agreement ? fill(words.source, { source: quote.agreement }) : null,
    quote.cover ? fill(words.months, quote.cover) : null,
    quote.validUntil ? fill(words.quoteUntil, { moment: moments.inSentence(quote.validUntil) }) : null,
  ].filter((one) => one !== null);
  return markup`<ul class="im q">${lines}</ul><dl class="sum"><div class="y"><dt>${words.total}</dt><dd>${money(total)}</dd></div></dl>${more.length > 0 ? markup`<p class="c">${more.join(' · ')}</p>` : null}`;
}
