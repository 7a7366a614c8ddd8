import type { Browser, Page } from 'playwright-core';
import { axeFaults, openBrowser, openContext } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { fillOutside } from './outside.js';
import { caseOf, saidOn, signedIn } from './people.js';
import { openStage, type Stage } from './stage.js';

let browser: Browser;
let stage: Stage;
let url: string;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ stage, url } = await openStage());
  page = await (await openContext(browser)).newPage();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const openCase = async (number = 1) => {
  await page.goto(`${url}/cases/${caseOf(number, '').reference}`);
  await page.locator('[data-entry]').first().waitFor();
};
const box = () => page.locator('#composer-text');
const entry = (text: string) => page.locator('[data-entry]', { hasText: text });
const send = async (text: string) => {
  await box().fill(text);
  await box().press('Control+Enter');
};
const replies = () => stage.calls.filter(({ path }) => path.endsWith('/replies'));
const names = () => page.locator('[data-case]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-case')));

describe('the live inbox', () => {
  beforeEach(async () => {
    await page.goto(`${url}/inbox`);
    await page.locator('[data-case]').first().waitFor();
    // Before the doorbell hangs, and once more when it does.
    await waitFor(() => stage.calls.filter(({ path }) => path === '/cases').length > 1);
  });

  it('shows what arrives without reload, on top', async () => {
    const [, , , last] = stage.cases;
    stage.arrive(last ?? caseOf(4, ''), 'Otra vez sin línea');
    await page.locator('[data-case]').first().filter({ hasText: 'Otra vez sin línea' }).waitFor();
  });

  it('never moves a row under the pointer, and catches up when it leaves', async () => {
    const before = await names();
    await page.locator('[data-case]').nth(1).hover();
    const [, , , last] = stage.cases;
    stage.arrive(last ?? caseOf(4, ''), 'Otra vez sin línea');
    await page.getByRole('button', { name: '1 cambio · actualizar' }).waitFor();
    await page.locator('[data-case]', { hasText: 'Otra vez sin línea' }).waitFor();
    expect(await names()).toEqual(before);
    await page.mouse.move(1000, 500);
    await waitFor(async () => (await names())[0] === before[3]);
  });

  it('is walked with single keys, which stay silent while one types', async () => {
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/cases\/H-1002/u);
    await page.locator('[data-entry]').first().waitFor();
    await page.keyboard.press('r');
    await page.locator('#composer-text:focus').waitFor();
    await page.keyboard.type('junio');
    expect(page.url()).toContain('H-1002');
    await page.keyboard.press('Escape');
    await page.keyboard.press('u');
    await page.waitForURL(/inbox/u);
  });

  it('speaks English when told to, and stays so', async () => {
    await page.getByRole('button', { name: /Tu cuenta/u }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Next for me' }).waitFor();
    await waitFor(() => stage.user.language === 'en');
    await page.reload();
    await page.getByRole('heading', { name: 'Next for me' }).waitFor();
  });

  it('speaks English on every machine, even when the page is left in the same moment', async () => {
    await page.getByRole('button', { name: /Tu cuenta/u }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).waitFor();
    await page.evaluate(`[...document.querySelectorAll('[role=menuitemradio]')]
      .find((one) => one.textContent.trim() === 'English').click(), location.reload()`);
    await page.getByRole('heading', { name: 'Next for me' }).waitFor();
    expect(stage.user.language).toBe('en');
  });
});

describe('the composer', () => {
  it('keeps a draft over a reload', async () => {
    await openCase();
    await box().fill('Sí, Lucía');
    await page.reload();
    await waitFor(async () => (await box().inputValue()) === 'Sí, Lucía');
  });

  it('shows a reply at once as held, and undo gives its text back', async () => {
    await openCase();
    await send('Hoy a las 18:00 te confirmo');
    await entry('Hoy a las 18:00').getByText('Retenido').waitFor();
    expect(await box().inputValue()).toBe('');
    await page.getByRole('button', { name: /Deshacer/u }).click();
    await waitFor(async () => (await box().inputValue()) === 'Hoy a las 18:00 te confirmo');
    expect(await entry('Hoy a las 18:00').count()).toBe(0);
  });

  it('keeps the text of a reply that failed and repeats it as the same deed', async () => {
    await openCase();
    stage.refuseReply = { status: 503, code: 'server.unavailable' };
    await send('Hola');
    await page.getByText('No se ha enviado. Tu texto sigue aquí.').waitFor();
    expect(await box().inputValue()).toBe('Hola');
    await box().press('Control+Enter');
    await entry('Hola').getByText('Retenido').waitFor();
    const [first, second] = replies();
    expect(first?.key).toMatch(/^[0-9a-f-]{36}$/u);
    expect(second?.key).toBe(first?.key);
  });

  it('shows unseen entries before anything is sent, then sends against them', async () => {
    await openCase();
    const [detail] = stage.cases;
    const unseen = saidOn(detail ?? caseOf(1, ''), 'Ya me ha contestado Iván');
    stage.refuseReply = { status: 409, code: 'case.unseen_entries', details: { entries: [unseen] } };
    await send('Sí, Lucía');
    await page.getByRole('heading', { name: 'No se ha enviado: hay 1 entrada que no has visto' }).waitFor();
    expect(await box().inputValue()).toBe('Sí, Lucía');
    await page.getByRole('button', { name: 'Enviar igualmente' }).click();
    await entry('Sí, Lucía').getByText('Retenido').waitFor();
    expect(replies()[1]?.body['lastSeenEntryId']).toBe(unseen.id);
  });
});

describe('the case page', () => {
  it('shows what arrives while it is open', async () => {
    await openCase();
    const [detail] = stage.cases;
    stage.arrive(detail ?? caseOf(1, ''), '¿Las fotos se salvan?');
    await entry('¿Las fotos se salvan?').waitFor();
  });

  it('locks a mail up: no scripts, nothing from elsewhere', async () => {
    const html =
      '<table><tr><td>Acepto</td></tr></table><img src="https://tracker.example/p.gif"><script>top.stolen = 1</script>';
    const detail = caseOf(9, 'Begoña Uriarte');
    stage.add(detail, [saidOn(detail, 'Acepto', { channel: 'email', subject: 'Re: presupuesto', html })]);
    const asked: string[] = [];
    await page.context().route('https://tracker.example/**', (route) => {
      asked.push(route.request().url());
      return route.abort();
    });
    await openCase(9);
    await page.frameLocator('iframe').getByText('Acepto').waitFor();
    await page.getByText('Las imágenes remotas están bloqueadas').waitFor();
    expect(asked).toEqual([]);
    expect(await page.evaluate("'stolen' in window")).toBe(false);
    expect(await page.locator('iframe').getAttribute('sandbox')).not.toContain('allow-scripts');
  });

  it('asks to sign in when the session is over, and returns to the same place', async () => {
    await openCase();
    await box().fill('a medias');
    stage.signedIn = false;
    await page.reload();
    await page.getByLabel('Correo').fill('agent@hilo.test');
    await page.getByLabel('Contraseña', { exact: true }).fill('hilo-demo');
    await page.getByRole('button', { name: 'Entrar', exact: true }).click();
    await page.waitForURL(/cases\/H-1001/u);
    await waitFor(async () => (await box().inputValue()) === 'a medias');
  });
});

describe('accessibility', () => {
  const screens = [
    ...[
      '/inbox',
      `/cases/${caseOf(1, '').reference}`,
      '/visit',
      '/rejects',
      '/rejects?show=decided',
      '/rejects?show=reviews',
    ],
    ...['/call?phone=%2B34612407718', '/channels', '/channels/mailboxes', '/channels/twitter', '/channels/calls'],
  ];
  const looks = (['light', 'dark'] as const).flatMap((scheme) => [1440, 390].map((width) => ({ scheme, width })));

  it.each(looks)(
    'finds nothing in $scheme at $width px',
    async ({ scheme, width }) => {
      stage.user = signedIn(31, 'Elena Vidal', 'admin');
      fillOutside(stage.outside);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      for (const screen of screens) {
        await page.goto(url + screen);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        expect({ screen, faults: await axeFaults(page) }).toEqual({ screen, faults: [] });
      }
    },
    120_000,
  );
});
