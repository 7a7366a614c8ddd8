import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where Debian, other systems and macOS put it; `CHROMIUM_PATH` wins. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where pictures and films of a run are kept. */
export const RESULTS = join(import.meta.dirname, '..', '..', 'test-results');

/** Debian's Chromium without its own windows; `CHROMIUM_SHELL_PATH` wins. */
const SHELL = '/usr/bin/chromium-headless-shell';

/** The Chromium of this machine, if it has one. */
export function chromiumPath(): string | undefined {
  const wanted = process.env['CHROMIUM_PATH'];
  return wanted || PLACES.find((path) => existsSync(path));
}

/** The lighter one. Whoever names a Chromium by `CHROMIUM_PATH` alone means that one everywhere. */
function shellPath(): string | undefined {
  const wanted = process.env['CHROMIUM_SHELL_PATH'];
  if (wanted || process.env['CHROMIUM_PATH']) return wanted;
  return existsSync(SHELL) ? SHELL : undefined;
}

/**
 * The system's Chromium, without a window. For a page alone the shell does, at less than half the work; what the browser itself
 * is to do besides (cameras, and who may use them), told by `more`, only the whole one does.
 */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = (more.length === 0 && shellPath()) || chromiumPath();
  if (!executablePath) throw new Error(`there is no Chromium in ${PLACES.join(', ')}; set CHROMIUM_PATH`);
  // Root may not use Chromium's own sandbox, and containers have little shared memory.
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'];
  return chromium.launch({ executablePath, headless: true, args: [...args, ...more] });
}

/** A person's browser: own cookies, a desk-sized window, Madrid's time and language unless told otherwise. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'es-ES',
    timezoneId: 'Europe/Madrid',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  return context;
}

/** Somebody of the demo carrier at the product, in a browser of their own: signs in through the form, in the form's language. */
export async function signIn(
  browser: Browser,
  url: string,
  email: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await (await openContext(browser, options)).newPage();
  await signInOn(page, url, email);
  return page;
}

/** The same on a page that is open already: its session has ended, or there was none. */
export async function signInOn(page: Page, url: string, email: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel(/^(Email|Correo)$/u).fill(email);
  await page.getByLabel(/^(Password|Contraseña)$/u).fill('hilo-demo');
  await page.getByRole('button', { name: /^(Sign in|Entrar)$/u }).click();
  await page.waitForURL(/inbox|visit|dashboard/u);
}

/** When its next page has joined the live events, by whichever transport it is told so: before that nothing rings. */
export const joinedLive = (page: Page): Promise<void> =>
  new Promise((joined, failed) => {
    const hear = (payload: string | Buffer) => {
      if (String(payload).includes('40/live')) joined();
    };
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => hear(payload)));
    page.on('response', (response) => {
      if (response.url().includes('transport=polling')) response.text().then(hear, failed);
    });
  });

/** What shuts somebody out, within a part of the page: each rule that is broken, and where. */
export async function axeFaults(page: Page, within = 'html'): Promise<[rule: string, where: string[]][]> {
  // Otherwise axe opens a page beside this one, and a hidden page loses its focus.
  const { violations } = await new AxeBuilder({ page }).include(within).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

/** Keeps a picture of the page as `test-results/<name>.png`. Returns the path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(RESULTS, { recursive: true });
  const path = join(RESULTS, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}

/** Keeps answers back, as they are when they are asked for. @returns lets them go, and waits until they have gone */
export async function holdBack(page: Page, path: string): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  await page.route(path, async (route) => {
    const response = await route.fetch();
    await promise;
    await route.fulfill({ response });
  });
  return () => {
    resolve(undefined);
    return page.unrouteAll({ behavior: 'wait' });
  };
}

/** The one box for everything, opened by key: what is typed from now on is typed into it. */
export async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('[role=dialog] input:focus').waitFor();
}

/** What a handheld scanner does: it writes the text like a keyboard, faster than anybody types, and ends with Enter. */
export const scan = (page: Page, text: string): Promise<void> =>
  page.evaluate(`for (const key of [...${JSON.stringify(text)}, 'Enter'])
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))`);
