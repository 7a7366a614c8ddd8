import type { Language } from '#contracts';
import { markup, type Markup } from './html.js';
import type { Scene } from './scene.js';
import { fill } from './words.js';

const WORDS: Record<Language, Record<'title' | 'active' | 'reserved' | 'repair' | 'call', string>> = {
  es: {
    title: 'Tu móvil de préstamo',
    active: 'Tienes un {name} de préstamo: tráelo a {store}, {address}, {moment}.',
    reserved: 'Te guardamos un {name} en {store}, {address}, {moment}.',
    repair: 'Si tu reparación se retrasa, la fecha se mueve con ella y no tienes que hacer nada.',
    call: '¿Dudas? Llama a {store}: {phone}',
  },
  en: {
    title: 'The phone we lend you',
    active: 'One of our phones is with you, {name}: bring it to {store}, {address}, {moment}.',
    reserved: 'A phone of ours, {name}, is kept for you at {store}, {address}, {moment}.',
    repair: 'If your repair is late, the day moves with it and there is nothing you have to do.',
    call: 'Questions? Call {store}: {phone}',
  },
};

/** What they have of ours or can come for, until when, and whom they can call. */
export function loansOf({ case: { loans }, state, moments }: Scene): Markup | null {
  if (loans.length === 0) return null;
  const words = WORDS[state.language];
  const each = loans.map(({ name, state: is, until, store }) => {
    const place = { store: store.name, address: `${store.address} (${store.city})` };
    const call = store.phone ? fill(words.call, { store: store.name, phone: store.phone }) : null;
    return markup`<p>${fill(words[is], { name, ...place, moment: moments.before(until) })}${is === 'active' ? ` ${words.repair}` : null}</p>${call ? markup`<p class="hint">${call}</p>` : null}`;
  });
  return markup`<section class="bx" aria-labelledby="loan"><h2 id="loan">${words.title}</h2>${each}</section>`;
}
