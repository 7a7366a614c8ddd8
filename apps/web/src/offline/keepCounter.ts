/** Where the worker may act; and where it is, an address that stays. */
const SCOPE = '/visit';
const WORKER = '/counter-worker.js';

let asked = false;

/**
 * Has the page of the counter kept on this machine, so that it can be loaded without a network. A newer version that has arrived
 * is told which one this page is: it takes over when that is its own.
 */
export const keepCounter = (): void => {
  // Pages in the making change at every stroke; pages without TLS have no workers.
  if (asked || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  asked = true;
  navigator.serviceWorker.register(WORKER, { scope: SCOPE }).then(follow, reportError);
};

function follow(registration: ServiceWorkerRegistration): void {
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src;
  registration.waiting?.postMessage({ entry });
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') coming.postMessage({ entry });
    });
  });
}
