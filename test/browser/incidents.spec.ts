import type { Browser, Page } from 'playwright-core';
import { IncidentPage } from '#contracts';
import type { Person } from '../e2e/outside.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** A mast is down: its cases are chosen, told at once, and each hears of it once. */
describe('outage mode, in the browser', () => {
  let world: World;
  let browser: Browser;
  let elena: Page;
  let supervisor: Staff;
  const people: Person[] = [];

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    supervisor = await world.login('supervisor@hilo.test');
    for (const name of ['Ana Ruiz', 'Beto Sanz', 'Carla Pons', 'Diego Mora']) {
      const person = await world.outside.newcomer(name);
      people.push(person);
      await world.outside.writeMail(person, { subject: 'Sin cobertura', text: 'Estoy sin cobertura desde ayer.' });
    }
    await waitFor(async () => (await supervisor.cases('view=open')).length === people.length);
    elena = await signIn(browser, world.url, 'supervisor@hilo.test');
    await elena.goto(`${world.url}/inbox?view=unassigned`);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const button = (name: string | RegExp) => elena.getByRole('button', { name });
  const bar = () => elena.getByRole('region', { name: 'Con los casos elegidos' });
  const incident = async () => (await supervisor.done('/incidents', IncidentPage)).items[0];

  it('rows are chosen by key and in a range, and one deed is done to all of them, and taken back', async () => {
    await elena
      .getByRole('link', { name: /Diego Mora/u })
      .first()
      .waitFor();
    await elena.keyboard.press('j');
    await elena.keyboard.press('x');
    await bar().getByText('1 elegido').waitFor();
    for (const key of ['j', 'j', 'X']) await elena.keyboard.press(key);
    await bar().getByText('3 elegidos').waitFor();
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'bulk-es');
    await bar().getByRole('button', { name: 'Prioridad' }).click();
    await elena.getByRole('menuitem', { name: 'Alta' }).click();
    await bar().getByText('3 hechos').waitFor();
    const high = async () => (await supervisor.cases('view=open')).filter(({ priority }) => priority === 'high').length;
    expect(await high()).toBe(3);
    await bar().getByRole('button', { name: 'Deshacer' }).click();
    await waitFor(async () => (await high()) === 0);
    await bar().getByRole('button', { name: 'Cerrar' }).click();
  });

  it('an incident is opened with what was chosen', async () => {
    const check = (name: string) => elena.getByRole('checkbox', { name: `Elegir el caso de ${name}` });
    await check('Ana Ruiz').check({ force: true });
    await check('Diego Mora').click({ force: true, modifiers: ['Shift'] });
    await bar().getByText('4 elegidos').waitFor();
    for (const name of ['Carla Pons', 'Diego Mora']) await check(name).uncheck({ force: true });
    await bar().getByRole('button', { name: 'Incidencia' }).click();
    await elena.getByRole('menuitem', { name: 'Abrir incidencia' }).click();
    await elena.getByLabel('Qué pasa').fill('Sin cobertura en Zaragoza');
    await elena.getByLabel('Qué se dice al cliente, en español').fill('Lo estamos arreglando; tendrás cobertura hoy.');
    await elena.getByLabel('Qué se dice al cliente, en inglés').fill('We are on it; you will have coverage today.');
    expect(await axeFaults(elena, '[role="dialog"]')).toEqual([]);
    await button('Abrir con 2 casos').click();
    await elena.getByRole('heading', { name: 'Sin cobertura en Zaragoza' }).waitFor();
    await elena.getByRole('link', { name: /Beto Sanz/u }).waitFor();
    expect(await incident()).toMatchObject({ cases: 2, state: 'open' });
  });

  it('alike ones are added by a filter that shows which', async () => {
    await button('Añadir por filtro').click();
    await elena.getByLabel(/^Palabras del cliente/u).fill('cobertura');
    await elena.getByRole('dialog').getByRole('button', { name: 'Buscar' }).click();
    await elena.getByText('2 casos del último día.').waitFor();
    await elena.getByText('Otros 2 ya están dentro.').waitFor();
    await button('Añadir los 2 casos').click();
    await elena.getByRole('link', { name: /Diego Mora/u }).waitFor();
    expect(await incident()).toMatchObject({ cases: 4 });
  });

  it('one text goes to all, is shown before, and its progress case by case', async () => {
    await button('Escribir a todos').click();
    expect(await elena.getByRole('textbox', { name: 'Texto en español' }).inputValue()).toContain('Hola, {name}:');
    await button('Ver a quién llega').click();
    await elena.getByRole('heading', { name: 'Llega a 4 de 4' }).waitFor();
    await elena
      .getByText(/Hola, (Ana|Beto|Carla|Diego)/u)
      .first()
      .waitFor();
    expect(await axeFaults(elena, '[role="dialog"]')).toEqual([]);
    await screenshot(elena, 'incident-preview-es');
    await button('Enviar a 4 personas').click();
    const updates = elena.getByRole('region', { name: 'Mensajes a todos' });
    await updates.getByRole('button', { name: /4 saliendo/u }).waitFor();
    await waitFor(async () => {
      world.clock.advance(5000);
      return (await updates.getByRole('button', { name: /4 enviados/u }).count()) === 1;
    });
    await updates.getByRole('button', { name: /4 enviados/u }).click();
    await updates.getByRole('link', { name: 'Carla Pons' }).waitFor();
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'incident-es');
    for (const person of people)
      expect((await world.outside.mailsTo(person)).filter(({ text }) => text?.includes('Lo estamos'))).toHaveLength(1);
  });

  it('who attends one of them is told what to say, on every screen and on the case', async () => {
    const marta = await signIn(browser, world.url, 'agent@hilo.test');
    const banner = marta.getByRole('status', { name: 'Incidencias abiertas' });
    await banner.getByRole('button', { name: 'Qué decir' }).click();
    await banner.getByText('We are on it; you will have coverage today.').waitFor();
    const [row] = await supervisor.cases('view=open');
    await marta.goto(`${world.url}/cases/${row?.reference}`);
    await marta.getByRole('status', { name: 'Incidencia del caso' }).getByText('Parte de la incidencia').waitFor();
    await marta.getByText(/la añadió|lo añadió a la incidencia/u).waitFor();
    expect(await axeFaults(marta)).toEqual([]);
    await screenshot(marta, 'incident-case-es');
  });
});
