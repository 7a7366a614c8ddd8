import { matchPrecache, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { NetworkOnly } from 'workbox-strategies';

/**
 * Keeps the page of the counter, so that it can be loaded where there is no network: the files of one build and nothing else.
 * It never sees a call of the API, nor any page but those under /visit; nothing of a person is in it.
 */

interface Asking {
  data: unknown;
  source: { id: string } | null;
  waitUntil(work: Promise<unknown>): void;
}
declare const self: {
  location: Location;
  registration: { scope: string };
  clients: { claim(): Promise<void>; matchAll(wanted: object): Promise<readonly { id: string; url: string }[]> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'message' | 'activate', listener: (event: Asking) => void): void;
};
declare const KEPT_ADDRESSES: PrecacheEntry[];

/** A network that has not answered by then is none: the page is here. */
const PATIENCE_SECONDS = 4;
const PAGE = '/index.html';

const kept = KEPT_ADDRESSES;
precacheAndRoute(kept, { cleanURLs: false, directoryIndex: '' });

// Whoever can be reached says which version it is. The page comes whole from the server or whole from here, so that no version
// asks for the files of another.
registerRoute(
  new NavigationRoute(
    new NetworkOnly({
      networkTimeoutSeconds: PATIENCE_SECONDS,
      plugins: [
        {
          fetchDidSucceed: ({ response }) => {
            if (response.status >= 500) throw new Error(`the server answers ${response.status}`);
            return Promise.resolve(response);
          },
          handlerDidError: () => matchPrecache(PAGE),
        },
      ],
    }),
    { allowlist: [/^\/visit(?:\/|$|\?)/u] },
  ),
);

const isKept = (address: unknown): boolean => kept.some(({ url }) => new URL(url, self.location.href).href === address);

/**
 * So often, and so long apart, it looks again whether the others are gone: a page that is loaded anew is two for a moment, and a
 * closed one is there for some more.
 */
const LOOKS = 30;
const LOOK_MS = 500;

/**
 * Takes over from an older version when the page that asks is of this one, and no other is open that may still need the older
 * one's files. Otherwise it waits until they are closed.
 */
async function takeOver(asking: Asking): Promise<void> {
  const { entry } = asking.data as { entry?: unknown };
  if (!isKept(entry)) return;
  for (let look = 0; look < LOOKS; look += 1) {
    const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const others = open.filter(({ id, url }) => id !== asking.source?.id && url.startsWith(self.registration.scope));
    if (others.length === 0) return self.skipWaiting();
    await new Promise((looked) => setTimeout(looked, LOOK_MS));
  }
}

self.addEventListener('message', (event) => event.waitUntil(takeOver(event)));
// The page that asked for it is kept from now on, not only from its next load.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
