import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startWorld, type World } from '../e2e/world.js';
import { openBrowser, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { Gateway } from './gateway.js';

const TABLET = { viewport: { width: 834, height: 1112 } };

describe('a newer build of the counter', () => {
  let world: World;
  let browser: Browser;
  let gateway: Gateway;
  let context: BrowserContext;
  let page: Page;
  let entry: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    gateway = await Gateway.before(world.url);
    page = await signIn(browser, gateway.url, 'store@hilo.test', TABLET);
    context = page.context();
    entry = await page.evaluate(`new URL(document.querySelector('script[type=module]').src).pathname`);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
    await world?.stop();
  });

  /** Which build a page is of: the marks that were put into it. */
  const build = (one: Page) => one.evaluate<string>(`document.documentElement.dataset.build ?? 'first'`);
  /** What a worker keeps the page as, and whether a newer one waits. */
  const worker = () =>
    page.evaluate<{ kept: string; waits: boolean }>(`(async () => {
      const found = await navigator.serviceWorker.getRegistration('/visit');
      const [name] = await caches.keys();
      const pages = name ? (await (await caches.open(name)).keys()).map(({ url }) => url).filter((url) => url.includes('/index.html')) : [];
      const texts = await Promise.all(pages.map(async (url) => (await (await caches.open(name)).match(url)).text()));
      return { kept: found?.active?.state === 'activated' ? texts.map((text) => text.match(/data-build="(\\w+)"/)?.[1] ?? 'first').join() : 'none',
        waits: Boolean(found?.waiting) };
    })()`);
  const become = (name: string, more: (file: string) => string = (file) => file) => {
    gateway.change('/index.html', (file) => more(file).replace('<html ', `<html data-build="${name}" `));
    gateway.change('/counter-worker.js', (file) =>
      more(file).replace(/(url:.\/index\.html.,revision:.)\w+/u, `$1${name}`),
    );
  };
  const loaded = (one: Page) => one.getByLabel('Buscar a la persona').waitFor();

  it('is taken by the next load, and loaded without a network from then on', async () => {
    await waitFor(async () => (await worker()).kept === 'first');
    become('second');
    await page.reload();
    expect(await build(page)).toBe('second');
    await waitFor(async () => (await worker()).kept === 'second');
    gateway.goDown();
    await page.reload();
    await loaded(page);
    expect(await build(page)).toBe('second');
    gateway.comeUp();
  }, 60_000);

  it('waits while a page of the older one is open, which loses nothing', async () => {
    await page.reload();
    await page.getByLabel('Buscar a la persona').fill('Begoña');
    become('third', (file) => file.replaceAll(entry, '/assets/index-third.js'));
    gateway.change('/assets/index-third.js', () => `import '${entry}';`, entry);
    const other = await context.newPage();
    await other.goto(`${gateway.url}/visit`);
    expect(await build(other)).toBe('third');
    await waitFor(async () => (await worker()).waits);
    expect(await worker()).toEqual({ kept: 'second,third', waits: true });
    expect(await page.getByLabel('Buscar a la persona').inputValue()).toBe('Begoña');
    expect(await build(page)).toBe('second');
    await page.close();
    page = other;
    // On a slow machine the page may come from what is kept, which is the older one still: then it is loaded again.
    await waitFor(async () => {
      await page.reload();
      await loaded(page);
      return (await build(page)) === 'third';
    });
    await waitFor(async () => (await worker()).kept === 'third', { timeout: 30_000 });
    expect(await worker()).toEqual({ kept: 'third', waits: false });
  }, 60_000);
});
