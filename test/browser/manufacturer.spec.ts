import { createTransport } from 'nodemailer';
import type { Browser, Page } from 'playwright-core';
import { startWorld, type World } from '../integration/sandbox.world.js';
import { axeFaults, openBrowser, openContext, screenshot } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

interface Ticket {
  id: string;
  status?: string;
  expectedResolutionDate?: string;
  attachment: { content: string }[];
}

/** A person at the manufacturer: takes work on, names a price, and answers a mail. */
describe('being the manufacturer', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let ticketId: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([
      startWorld({ now: Date.now, productSmtp: { host: '127.0.0.1', port: 1 } }),
      openBrowser(),
    ]);
    const answer = await fetch(`${world.sandbox.url}/manufacturer/tmf-api/troubleTicket/v4/troubleTicket`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'sandbox-partner-key' },
      body: JSON.stringify({
        ...{ description: 'No enciende', severity: 'High', ticketType: 'custody', externalId: 'H-7K2F-9Q.1' },
        relatedEntity: [{ id: '356938035643809', role: 'device', name: 'Orbe 12' }],
      }),
    });
    ticketId = ((await answer.json()) as Ticket).id;
    page = await (await openContext(browser)).newPage();
    await page.goto(world.sandbox.url);
    await page.getByRole('link', { name: 'El fabricante' }).click();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await world?.end();
  });

  const ticket = () => world.control<Ticket>('GET', `/manufacturer/tickets/${ticketId}`);
  const deed = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  const form = (name: string) => page.getByRole('form', { name });

  it('takes the work on and names a price', async () => {
    await page.getByRole('heading', { name: ticketId }).waitFor();
    await deed('Aceptar');
    await form('Aceptar').getByLabel('RMA').fill('RMA-9');
    expect(await axeFaults(page)).toEqual([]);
    await form('Aceptar').getByRole('button', { name: 'Aceptar' }).click();
    await page.getByText('RMA-9').waitFor();
    await deed('Presupuestar');
    await screenshot(page, 'manufacturer-quote');
    await form('Presupuestar').getByLabel('Precio (€)').fill('199,50');
    await form('Presupuestar').getByRole('button', { name: 'Presupuestar' }).click();
    const { status, attachment } = await waitFor(async () => {
      const now = await ticket();
      return now.attachment.length > 0 && now;
    });
    expect(status).toBe('inProgress');
    const quote = JSON.parse(Buffer.from(attachment[0]?.content ?? '', 'base64').toString()) as unknown;
    expect(quote).toMatchObject({ lines: [{ listCents: 40_000, priceCents: 19_950 }], cover: { months: 12 } });
  });

  it('has a bad day', async () => {
    await page.getByRole('button', { name: 'Un buen día' }).click();
    await page.getByRole('switch', { name: 'Caído' }).check();
    await page.getByRole('button', { name: '1 cosa torcida' }).waitFor();
    const answer = await fetch(`${world.sandbox.url}/manufacturer/tmf-api/troubleTicket/v4/troubleTicket`);
    expect(answer.status).toBe(503);
    await page.getByRole('complementary').getByRole('button', { name: 'Un buen día' }).click();
    await page.getByRole('switch', { name: 'Caído', checked: false }).waitFor();
  });

  it('reads its mail, buttons and all', async () => {
    await createTransport(world.sandbox.smtpUrl).sendMail({
      ...{ from: 'Nexo <care@hilo.test>', to: 'service@orbe.test', subject: 'Traspaso H-7K2F-9Q.1', text: '-' },
      html: '<p>Hola</p><a href="http://127.0.0.1/desk/t">Aceptar el trabajo</a>',
    });
    await page.getByRole('button', { name: 'Correo 1' }).click();
    await page.getByRole('heading', { name: 'Traspaso H-7K2F-9Q.1' }).waitFor();
    const button = page.getByRole('link', { name: 'Aceptar el trabajo' }).first();
    expect(await button.getAttribute('href')).toBe('http://127.0.0.1/desk/t');
    await page.getByLabel('Responder').fill('Aceptado, RMA 9');
    await page.getByRole('button', { name: 'Responder' }).click();
    await page.getByRole('button', { name: 'Correo 2' }).waitFor();
    const { items } = await world.control<{ items: { direction: string; text: string; to: string }[] }>(
      'GET',
      '/manufacturer/mails',
    );
    expect(items.at(-1)).toMatchObject({ direction: 'out', to: '"Nexo" <care@hilo.test>' });
    expect(items.at(-1)?.text).toMatch(/^Aceptado, RMA 9\n/u);
  });
});
