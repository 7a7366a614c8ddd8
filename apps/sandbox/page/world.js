// What is known of the outside world, kept fresh, and the calls that change it.
import { document, localStorage, EventSource } from './browser.js';

export const world = {
  about: null,
  people: [],
  chosen: null,
  thread: [],
  calls: [],
  knobs: null,
  deliveries: [],
};

const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);
const changed = (what) => listeners.forEach((listener) => listener(what));

/** Calls the control API. Throws with its message. */
export async function call(method, path, body) {
  const answer = await fetch(`/control${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answered = await answer.json();
  if (!answer.ok) throw new Error(answered.message ?? String(answer.status));
  return answered;
}

const loaders = {
  about: async () => {
    world.about = await call('GET', '/about');
  },
  people: async () => {
    world.people = (await call('GET', '/customers')).items;
  },
  thread: async () => {
    const id = world.chosen;
    const items = id === null ? [] : (await call('GET', `/customers/${id}/thread`)).items;
    if (id === world.chosen) world.thread = items;
  },
  calls: async () => {
    world.calls = (await call('GET', '/calls')).items;
  },
  knobs: async () => {
    world.knobs = await call('GET', '/knobs');
  },
  deliveries: async () => {
    const { registration, deliveries } = await call('GET', '/webhooks?last=8');
    world.deliveries = deliveries.toReversed();
    if (world.about) world.about.webhook = registration;
  },
};

const waiting = new Map();

/** Asks again for something, at most once in a while however often it changes. */
export function refresh(what) {
  if (waiting.has(what)) return;
  waiting.set(
    what,
    setTimeout(async () => {
      waiting.delete(what);
      try {
        await loaders[what]();
        changed(what);
      } catch (failure) {
        if (!(failure instanceof TypeError)) throw failure; // Not reachable: the stream reconnects and asks again.
      }
    }, 60),
  );
}

export async function load() {
  await Promise.all(Object.values(loaders).map((loader) => loader()));
}

export async function choose(id) {
  world.chosen = id;
  world.thread = [];
  await loaders.thread();
  changed('chosen');
}

export const chosenPerson = () => world.people.find((person) => person.id === world.chosen) ?? null;

const SEEN = 'sandbox.seen';
const seen = JSON.parse(localStorage.getItem(SEEN) ?? '{}');

export const isUnread = (person) => person.lastReceivedAt !== null && person.lastReceivedAt > (seen[person.id] ?? '');

/** What the chosen person has received is read. */
export function markSeen() {
  const person = chosenPerson();
  if (!person || !isUnread(person) || document.hidden) return false;
  seen[person.id] = person.lastReceivedAt;
  localStorage.setItem(SEEN, JSON.stringify(seen));
  return true;
}

/** Listens to the sandbox; `lost` is told when the line breaks and when it is back. */
export function listen(lost) {
  const stream = new EventSource('/control/stream');
  let broken = false;
  stream.onopen = () => {
    if (broken) Object.keys(loaders).forEach(refresh);
    broken = false;
    lost(false);
  };
  stream.onerror = () => {
    broken = true;
    lost(true);
  };
  stream.onmessage = (event) => {
    const { kind, personIds } = JSON.parse(event.data);
    if (kind === 'knobs') refresh('knobs');
    if (kind === 'call') refresh('calls');
    if (kind === 'webhook') refresh('deliveries');
    if (kind === 'person' || kind === 'dm' || kind === 'post' || kind === 'mail') {
      refresh('people');
      if (personIds.includes(world.chosen)) refresh('thread');
    }
  };
}
