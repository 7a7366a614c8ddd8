// What is known of the manufacturer, kept fresh.
import { EventSource } from './browser.js';
import { call } from './world.js';

export const factory = { about: null, tickets: [], mails: [], told: [] };

const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);

const loaders = {
  about: async () => (factory.about = await call('GET', '/manufacturer')),
  tickets: async () => (factory.tickets = (await call('GET', '/manufacturer/tickets')).items),
  mails: async () => (factory.mails = (await call('GET', '/manufacturer/mails')).items.toReversed()),
  told: async () => (factory.told = (await call('GET', '/manufacturer/events')).told),
};

export async function load() {
  await Promise.all(Object.values(loaders).map((loader) => loader()));
  listeners.forEach((listener) => listener());
}

let waiting;
/** Asks again for everything, at most once in a while however often it changes. */
export function refresh() {
  waiting ??= setTimeout(async () => {
    waiting = undefined;
    try {
      await load();
    } catch (failure) {
      if (!(failure instanceof TypeError)) throw failure; // Not reachable: the stream reconnects and asks again.
    }
  }, 80);
}

export function listen(lost) {
  const stream = new EventSource('/control/stream');
  stream.onopen = refresh;
  stream.onerror = lost;
  stream.onmessage = (event) => {
    const { kind } = JSON.parse(event.data);
    if (kind === 'factory' || kind === 'mail') refresh();
  };
}

/** A person there does something with a ticket. */
export const act = (ticketId, deed) => call('POST', `/manufacturer/tickets/${ticketId}/deeds`, deed);
export const setDay = (day) => call('POST', '/manufacturer/weather', day);
