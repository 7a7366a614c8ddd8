// The page on which one is the manufacturer: tickets, mail, and the day it has.
import { document, localStorage, matchMedia } from './browser.js';
import { glyph, h } from './elements.js';
import { Day, amiss } from './factory-day.js';
import { MailView } from './factory-mail.js';
import { TicketView, statusChip } from './factory-ticket.js';
import { factory, listen, load, onChange } from './factory-world.js';
import { tell } from './factory-words.js';
import { shortWhen, spoken, switchLanguage } from './words.js';

const byId = (id) => document.getElementById(id);
const [root, list, bench, dayPanel, dayToggle] = ['world', 'list', 'bench', 'day', 'day-toggle'].map(byId);
const TAB = 'sandbox.factory.tab';
const narrow = matchMedia('(max-width: 719px)');
let tab = localStorage.getItem(TAB) ?? 'tickets';
let chosen = null;
let toastTimer;

/** Says something at the bottom: an error with its message, or plain words. */
function report(news) {
  const toast = byId('toast');
  toast.textContent = news instanceof Error ? `${tell('failed')}: ${news.message}` : news;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), 5000);
}

const ticketView = new TicketView(report);
const mailView = new MailView(report);
const day = new Day(dayPanel, report, () => showDay(false));

function showDay(visible) {
  dayPanel.hidden = !visible;
  dayToggle.setAttribute('aria-expanded', String(visible));
  day.show();
  (visible ? dayPanel.querySelector('button') : dayToggle).focus();
}

function showTop() {
  const { name, url, listeners, weather } = factory.about;
  document.documentElement.lang = spoken();
  document.title = tell('title');
  for (const element of document.querySelectorAll('[data-tell]'))
    element.textContent = tell(element.dataset.tell, name, url);
  byId('language').textContent = tell('language');
  byId('language').lang = spoken() === 'es' ? 'en' : 'es';
  byId('home').replaceChildren(glyph('back'));
  byId('home').setAttribute('aria-label', tell('home'));
  byId('listeners').replaceChildren(
    h('span', { class: `dot${listeners.length > 0 ? '' : ' due'}` }),
    tell('listeners', listeners.length),
  );
  byId('listeners').title = listeners.map(({ callback }) => new URL(callback).origin).join('\n');
  const count = amiss(weather);
  dayToggle.classList.toggle('rough', count > 0);
  dayToggle.replaceChildren(glyph('weather'), h('span', {}, count > 0 ? tell('badDay', count) : tell('goodDay')));
}

const items = () => (tab === 'tickets' ? factory.tickets : factory.mails);

function choose(id) {
  chosen = id;
  root.dataset.view = 'person';
  show();
}

function row(item) {
  const isTicket = tab === 'tickets';
  const title = isTicket ? (item.externalId ?? item.id) : item.subject;
  const last = isTicket ? (item.name ?? item.description) : `${item.direction === 'in' ? '' : '→ '}${item.mailbox}`;
  const when = h('span', { class: 'when' }, shortWhen(isTicket ? item.lastUpdate : item.at));
  return h(
    'li',
    {},
    h(
      'button',
      { type: 'button', 'aria-current': String(item.id === chosen), onclick: () => choose(item.id) },
      h(
        'span',
        {},
        h('span', { class: 'name' }, title),
        h('span', { class: 'last' }, last),
        isTicket && statusChip(item),
      ),
      when,
    ),
  );
}

function showList() {
  const tabs = ['tickets', 'mails'].map((name) =>
    h(
      'button',
      { type: 'button', 'aria-pressed': String(name === tab), onclick: () => turn(name) },
      `${tell(name)} ${factory[name].length}`,
    ),
  );
  list.replaceChildren(h('div', { class: 'choice tabs', role: 'group' }, ...tabs), h('ul', {}, ...items().map(row)));
}

function turn(name) {
  tab = name;
  chosen = null;
  localStorage.setItem(TAB, name);
  show();
}

function showBench(isForced) {
  const item = items().find(({ id }) => id === chosen);
  if (!item) {
    const key = tab === 'tickets' ? 'noTickets' : 'noMails';
    bench.replaceChildren(
      h('div', { class: 'nothing' }, h('strong', {}, tell(key)), h('span', {}, tell(`${key}Hint`))),
    );
    return;
  }
  const view = tab === 'tickets' ? ticketView : mailView;
  view.show(item, isForced);
  const back = h(
    'button',
    { type: 'button', class: 'quiet back', onclick: () => ((root.dataset.view = 'people'), show()) },
    `← ${tell('back')}`,
  );
  if (!bench.contains(view.element)) bench.replaceChildren(back, view.element);
}

function show(isForced = false) {
  const isThere = items().some(({ id }) => id === chosen);
  if (!isThere && !narrow.matches) chosen = items()[0]?.id ?? null;
  showTop();
  showList();
  showBench(isForced);
  day.show();
}

byId('language').addEventListener('click', () => {
  switchLanguage();
  bench.replaceChildren();
  show(true);
});
dayToggle.addEventListener('click', () => showDay(dayPanel.hidden));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !dayPanel.hidden) showDay(false);
});

onChange(() => show());
await load();
listen(() => report(tell('lost')));
