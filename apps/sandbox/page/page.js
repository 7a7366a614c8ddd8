// The page: who one is, their phone, their mailbox, and the weather outside.
import { document, localStorage, matchMedia } from './browser.js';
import { Chat } from './chat.js';
import { face, glyph, h } from './elements.js';
import { Mailbox } from './mailbox.js';
import { PeopleList, openPersonForm } from './people.js';
import { Weather, amiss } from './weather.js';
import { call, choose, chosenPerson, listen, load, markSeen, onChange, refresh, world } from './world.js';
import { say, spoken, switchLanguage } from './words.js';

const byId = (id) => document.getElementById(id);
const [root, person, weatherPanel, weatherToggle] = ['world', 'person', 'weather', 'weather-toggle'].map(byId);
const CHOSEN = 'sandbox.chosen';
let toastTimer;

/** Says something at the bottom: an error with its message, or plain words. */
function report(news) {
  const toast = byId('toast');
  toast.textContent = news instanceof Error ? `${say('failed')}: ${news.message}` : news;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), 5000);
}

const chat = new Chat(report);
const mailbox = new Mailbox(report);
const weather = new Weather(weatherPanel, report, () => showWeather(false));
const people = new PeopleList(byId('people'), (id) => void become(id), makePerson);

function makePerson() {
  openPersonForm(byId('new-person'), async (body) => {
    const made = await call('POST', '/customers', body);
    world.people = (await call('GET', '/customers')).items;
    await become(made.id);
  });
}

async function become(id) {
  localStorage.setItem(CHOSEN, id);
  root.dataset.view = 'person';
  await choose(id);
}

function showWeather(visible) {
  weatherPanel.hidden = !visible;
  weatherToggle.setAttribute('aria-expanded', String(visible));
  weather.show();
  (visible ? weatherPanel.querySelector('button') : weatherToggle).focus();
}

function showTop() {
  document.documentElement.lang = spoken();
  document.title = say('title');
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(element.dataset.say);
  byId('language').textContent = say('language');
  byId('language').lang = spoken() === 'es' ? 'en' : 'es';
  const { valid, reason } = world.about.webhook;
  const dot = h('span', { class: `dot${valid ? '' : ' due'}` });
  byId('webhook').replaceChildren(dot, say(valid ? 'webhookValid' : 'webhookWaiting'));
  byId('webhook').title = reason ?? '';
  byId('product').href = new URL(world.about.addresses.webhookUrl).origin;
  const back = byId('back');
  back.hidden = !(root.dataset.view === 'person' && matchMedia('(max-width: 719px)').matches);
  back.setAttribute('aria-label', say('back'));
  back.replaceChildren(glyph('back'));
  showWeatherPill();
}

function showWeatherPill() {
  const count = amiss(world.knobs);
  weatherToggle.classList.toggle('rough', count > 0);
  weatherToggle.replaceChildren(glyph('weather'), h('span', {}, count > 0 ? say('rough', count) : say('fair')));
}

/** A Spanish number as people write it. */
const spaced = (phone) => phone && phone.replace(/^\+34(\d{3})(\d{2})(\d{2})(\d{2})$/, '+34 $1 $2 $3 $4');

function showWho() {
  const who = chosenPerson();
  if (!who) {
    const hint = h('div', { class: 'nothing' }, h('strong', {}, say('choose')), h('span', {}, say('chooseHint')));
    person.replaceChildren(hint);
    return;
  }
  const flip = async () => {
    await call('PATCH', `/customers/${who.id}`, { acceptsDms: !who.acceptsDms });
    refresh('people');
  };
  const accepts = h('input', {
    type: 'checkbox',
    role: 'switch',
    class: 'switch',
    id: 'accepts',
    checked: who.acceptsDms,
  });
  accepts.addEventListener('change', () => void flip());
  const addresses = [`@${who.handle}`, who.email, spaced(who.phone)].filter((one) => one !== null);
  const title = h(
    'div',
    { class: 'who' },
    face(who),
    h('h2', {}, who.displayName),
    ...addresses.map((one) => h('span', { class: 'address' }, one)),
    h('span', { class: 'grow' }),
    h('label', { for: 'accepts' }, say('acceptsDms')),
    accepts,
  );
  const tab = (name, key) =>
    h(
      'button',
      {
        type: 'button',
        'aria-pressed': String(person.dataset.tab === name),
        onclick: () => {
          person.dataset.tab = name;
          showWho();
        },
      },
      say(key),
    );
  const tabs = h('div', { class: 'tabs choice' }, tab('chat', 'messages'), tab('mail', 'mail'));
  const isThere = person.contains(chat.element);
  const [oldTitle, oldTabs] = person.children;
  if (isThere) {
    oldTitle.replaceWith(title);
    oldTabs.replaceWith(tabs);
  } else person.replaceChildren(title, tabs, chat.element, mailbox.element);
}

function showAll() {
  showTop();
  people.translate();
  showWho();
  chat.translate();
  mailbox.translate();
  weather.show();
}

function seeLatest() {
  if (markSeen()) people.show();
}

onChange((what) => {
  if (what === 'chosen') {
    showWho();
    chat.reset();
    mailbox.reset();
    mailbox.translate();
    showTop();
    weather.show();
    people.show();
  }
  if (what === 'people') {
    people.show();
    showWho();
  }
  if (what === 'thread') {
    chat.show();
    mailbox.show();
  }
  if (what === 'calls') chat.telephone.show();
  if (what === 'knobs') {
    weather.show();
    showWeatherPill();
  }
  if (what === 'deliveries' || what === 'about') {
    showTop();
    weather.show();
  }
  seeLatest();
});

byId('language').addEventListener('click', () => {
  switchLanguage();
  showAll();
});
byId('back').addEventListener('click', () => {
  root.dataset.view = 'people';
  showTop();
});
weatherToggle.addEventListener('click', () => showWeather(weatherPanel.hidden));
document.addEventListener('visibilitychange', seeLatest);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !weatherPanel.hidden && !byId('new-person').open) showWeather(false);
});
matchMedia('(max-width: 719px)').addEventListener('change', showTop);
setInterval(() => {
  if (world.knobs?.twitter.limitForSeconds > 0) refresh('knobs');
}, 1000);

await load();
const remembered = world.people.find((one) => one.id === localStorage.getItem(CHOSEN)) ?? world.people[0];
person.dataset.tab = 'chat';
if (remembered) await choose(remembered.id);
showAll();
listen((lost) => lost && report(say('lost')));
