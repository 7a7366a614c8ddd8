import type { Browser, Page } from 'playwright-core';
import type { Person } from '../e2e/outside.js';
import { startWorld, UNDO_SECONDS, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** One person who wrote by two doors before anybody knew: merged on the screen, answered, and taken back. */
describe('merging two records and taking that back, in the browser', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let onX: Person;
  let byMail: Person;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    onX = await world.outside.newcomer('Lucía Ferrer Gil');
    byMail = await world.outside.newcomer('Lucía F. Gil');
    await world.outside.writeDm(onX, 'Se me ha muerto el móvil y no puedo llamar');
    await world.outside.writeMail(byMail, { subject: 'Factura del móvil', text: 'Adjunto la factura, como pidieron.' });
    page = await signIn(browser, world.url, 'agent@hilo.test');
    await waitFor(async () => (await references()).every(Boolean));
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const references = async (): Promise<string[]> => {
    const rows = await world.database.query<{ reference: string | null }>(
      `select (select c.reference from contact_point p join cases c on c.customer_id = p.customer_id where p.value = v.value) as reference
       from unnest($1::text[]) with ordinality v (value, place) order by place`,
      [[onX.id, byMail.email]],
    );
    return rows.map(({ reference }) => reference ?? '');
  };
  const caseOf = async (value: string) =>
    (
      await world.database.query<{ reference: string; status: string; customer: string }>(
        `select c.reference, c.status, cu.display_name as customer from contact_point p join cases c on c.customer_id = p.customer_id and c.is_open
           join customer cu on cu.id = p.customer_id where p.value = $1`,
        [value],
      )
    )[0];
  const dialog = () => page.getByRole('dialog');

  it('the other person is found, both sides stand beside each other, whose name stays is chosen', async () => {
    const [first] = await references();
    await page.goto(`${world.url}/cases/${first}`);
    await page.getByRole('button', { name: 'Unir con otra persona' }).click();
    await dialog().getByLabel('Buscar a la otra persona').fill('Lucía');
    await dialog()
      .getByRole('button', { name: /Lucía F\. Gil/u })
      .waitFor();
    await screenshot(page, 'merge-1-search');
    await dialog()
      .getByRole('button', { name: /Lucía F\. Gil/u })
      .click();
    await dialog().getByRole('region', { name: 'Lucía Ferrer Gil' }).getByText('Se queda').waitFor();
    await dialog().getByRole('region', { name: 'Lucía F. Gil' }).getByText(byMail.email).waitFor();
    await screenshot(page, 'merge-2-sides');
    expect(await axeFaults(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Unir', exact: true }).click();
    await dialog()
      .getByText(/Di por qué/u)
      .waitFor();
    await dialog().getByLabel('Por qué').fill('La misma factura y el mismo número de contrato');
    await dialog().getByRole('radio', { name: 'Lucía F. Gil' }).check();
    await screenshot(page, 'merge-3-chosen');
    await dialog().getByRole('button', { name: 'Unir', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
  });

  it('one case tells both, new messages join it, answers leave by where they wrote', async () => {
    await page.getByText('Adjunto la factura, como pidieron.').first().waitFor();
    await page.getByRole('heading', { name: 'Lucía F. Gil' }).first().waitFor();
    await page
      .getByText(/ha unido aquí a Lucía F\. Gil y su caso/u)
      .first()
      .waitFor();
    await page.getByText(/Se puede deshacer hasta/u).waitFor();
    await world.outside.writeMail(byMail, { subject: 'Otra cosa', text: 'Y mañana no estoy en casa.' });
    await page.getByText('Y mañana no estoy en casa.').first().waitFor();
    await screenshot(page, 'merge-4-merged');
    expect(await axeFaults(page)).toEqual([]);
    const [first] = await references();
    expect(await caseOf(byMail.email)).toMatchObject({ reference: first });
    await page.getByRole('textbox', { name: 'Cliente' }).fill('Gracias, la tenemos.');
    await page.keyboard.press('Control+Enter');
    await page
      .getByText(/Se envía por/u)
      .first()
      .waitFor();
    world.clock.advance(UNDO_SECONDS * 1000);
    const letters = await waitFor(async () => {
      const mails = await world.outside.mailsTo(byMail);
      return mails.some(({ text }) => text.includes('Gracias, la tenemos.')) && mails;
    });
    expect(letters.length).toBeGreaterThan(0);
  });

  it('in English and in the dark it reads as well', async () => {
    await world.database.query(`update agent set language = 'en' where email = 'ivan@hilo.test'`);
    const other = await signIn(browser, world.url, 'ivan@hilo.test', { locale: 'en-GB', colorScheme: 'dark' });
    const [first] = await references();
    await other.goto(`${world.url}/cases/${first}`);
    await other.getByText(/Can be undone until/u).waitFor();
    await screenshot(other, 'merge-5-english');
    expect(await axeFaults(other)).toEqual([]);
    await other.getByRole('button', { name: 'Split out what is somebody else’s' }).click();
    await other.getByRole('dialog').getByText('Whose it is').waitFor();
    await screenshot(other, 'merge-6-split-english');
    expect(await axeFaults(other)).toEqual([]);
    await other.context().close();
  });

  it('on a telephone both sides stand below each other', async () => {
    const third = await world.outside.newcomer('Rosa María Domínguez de la Fuente');
    await world.outside.writeDm(third, 'No me funcionan las aplicaciones');
    await waitFor(async () => caseOf(third.id));
    const other = await signIn(browser, world.url, 'ivan@hilo.test', {
      locale: 'en-GB',
      viewport: { width: 390, height: 844 },
    });
    const [first] = await references();
    await other.goto(`${world.url}/cases/${first}`);
    await other.getByRole('button', { name: 'Customer', exact: false }).first().click();
    await other.getByRole('button', { name: 'Merge with another person' }).click();
    await other.getByRole('dialog').getByLabel('Find the other person').fill('Rosa');
    await other.getByRole('button', { name: /Rosa María/u }).click();
    await other.getByText('Goes on').waitFor();
    await screenshot(other, 'merge-6-telephone');
    expect(await axeFaults(other, '.mantine-Modal-body')).toEqual([]);
    await other.context().close();
  });

  it('taken back from the line of the merge: two cases again, what came since is with whom it came from', async () => {
    await page.getByRole('button', { name: 'Deshacer', exact: true }).first().click();
    await dialog()
      .getByText(/Vuelven a ser dos personas/u)
      .waitFor();
    await screenshot(page, 'merge-7-undo');
    await dialog().getByRole('button', { name: 'Deshacer la unión' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page
      .getByText(/ha deshecho la unión con/u)
      .first()
      .waitFor();
    await waitFor(async () => (await page.getByText('Y mañana no estoy en casa.').count()) === 0);
    await page.getByText(/Deshecha por/u).waitFor();
    await screenshot(page, 'merge-8-undone');
    const [mine, theirs] = [await caseOf(onX.id), await caseOf(byMail.email)];
    expect([mine?.customer, theirs?.customer]).toEqual(['Lucía Ferrer Gil', 'Lucía F. Gil']);
    await page.goto(`${world.url}/cases/${theirs?.reference}`);
    await page.getByText('Y mañana no estoy en casa.').first().waitFor();
    await page.getByText('Gracias, la tenemos.').first().waitFor();
    await screenshot(page, 'merge-9-other-side');
  });

  it('an entry of somebody else goes out into a case of theirs, from its menu', async () => {
    await page
      .getByRole('button', { name: /Más|Opciones/u })
      .last()
      .scrollIntoViewIfNeeded();
    const entry = page.locator('[data-entry]', { hasText: 'Y mañana no estoy en casa.' }).first();
    await entry.hover();
    await entry.getByRole('button', { name: /Lucía F\. Gil/u }).click();
    await page.getByRole('menuitem', { name: 'Separar: es de otra persona' }).click();
    await dialog().getByLabel('De quién es').fill('Begoña Gil');
    await dialog().getByRole('button', { name: 'Es alguien nuevo: Begoña Gil' }).click();
    await dialog().getByLabel('Por qué').fill('Lo escribe su hermana');
    await screenshot(page, 'merge-10-split');
    expect(await axeFaults(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Separar', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    await page
      .getByText(/ha sacado 1 entrada al caso/u)
      .first()
      .waitFor();
    const [begona] = await world.database.query(
      `select c.preview from cases c join customer cu on cu.id = c.customer_id where cu.display_name = 'Begoña Gil'`,
    );
    expect(begona).toEqual({ preview: 'Y mañana no estoy en casa.' });
    await screenshot(page, 'merge-11-split-done');
  });
});
