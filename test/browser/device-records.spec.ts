import type { Browser, Page } from 'playwright-core';
import { CaseDeviceList, Device, PresentedDevice, StageWording } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, openPalette, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

const IMEI = '490154203237518';
const OTHER = '356938035643809';
const NEXT = '351756051523993';

/** Records of phones: papers and terms, whole numbers, one for another, two that are one. */
describe('records of phones, in the browser', () => {
  let world: World;
  let browser: Browser;
  let elena: Page;
  let supervisor: Staff;
  let caseId: string;
  let deviceId: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    supervisor = await world.login('supervisor@hilo.test');
    const person = await world.outside.newcomer('Nuria Vela');
    await world.outside.writeMail(person, { subject: 'Móvil', text: 'No enciende.' });
    const row = await waitFor(async () => (await supervisor.cases('view=open'))[0]);
    caseId = row.id;
    const body = { imei: IMEI, modelName: 'Auriga One' };
    ({ deviceId } = await supervisor.done(`/cases/${caseId}/devices`, PresentedDevice, { method: 'POST', body }));
    elena = await signIn(browser, world.url, 'supervisor@hilo.test');
    await elena.goto(`${world.url}/cases/${row.reference}`);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const card = () => elena.getByRole('article', { name: 'Auriga One', exact: true });
  const dialog = () => elena.getByRole('dialog');
  const choose = async (deed: string) => {
    await card().getByRole('button', { name: 'Más sobre Auriga One' }).click();
    await elena.getByRole('menuitem', { name: deed }).click();
  };
  const devices = async () => (await supervisor.done(`/cases/${caseId}/devices`, CaseDeviceList)).items;

  it('the ticket goes with the purchase and opens from the case', async () => {
    await card().getByRole('button', { name: 'Apuntar cuándo se compró' }).click();
    await dialog().getByLabel('Comprado el').fill('2024-01-10');
    const file = { name: 'tique.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 tique') };
    await dialog().getByLabel('Foto o archivo que lo demuestra').setInputFiles(file);
    await dialog().getByRole('link', { name: 'tique.pdf' }).waitFor();
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'device-proof-es');
    await dialog().getByRole('button', { name: 'Guardar' }).click();
    const proof = card().getByRole('link', { name: 'Ver la prueba de compra: tique.pdf' });
    await proof.waitFor();
    const answer = await elena.request.get(new URL((await proof.getAttribute('href')) ?? '', world.url).href);
    expect([answer.status(), await answer.text()]).toEqual([200, '%PDF-1.4 tique']);
  });

  it('an insurance is written down and taken back', async () => {
    await choose('Añadir garantía o seguro');
    await dialog().getByLabel('Compañía').fill('Mapfre');
    await dialog().getByLabel('Desde el').fill('2025-01-01');
    await dialog().getByLabel('Hasta el').fill('2099-12-31');
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'device-term-es');
    await dialog().getByRole('button', { name: 'Guardar' }).click();
    await card().getByText('Seguro · Mapfre').waitFor();
    expect((await devices())[0]?.terms).toContainEqual(expect.objectContaining({ kind: 'insurance' }));
    await card().getByRole('button', { name: 'Quitar Seguro Mapfre' }).click();
    await dialog().getByRole('button', { name: 'Quitar' }).click();
    await card().getByText('Seguro · Mapfre').waitFor({ state: 'detached' });
  });

  it('whole numbers are shown once somebody has proven who they are, and hidden again', async () => {
    await choose('Ver los números completos');
    await dialog().getByText('Queda apuntado quién los ve.').waitFor();
    await screenshot(elena, 'device-reveal-es');
    await elena.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    const seen = { method: 'document_seen', document: { kind: 'nif', number: '12345678Z' } };
    const store = await world.login('admin@hilo.test');
    expect((await store.ask(`/cases/${caseId}/proofs`, { method: 'POST', body: seen })).status).toBe(201);
    await choose('Ver los números completos');
    await card().getByText(`IMEI ${IMEI}`).waitFor();
    await elena.getByText('vio los números completos del teléfono Auriga One').first().waitFor();
    await choose('Ocultar los números');
    await card().getByText('•••• 518').waitFor();
  });

  it('two records become one only after what moves was read', async () => {
    await supervisor.done(`/cases/${caseId}/devices`, PresentedDevice, {
      ...{ method: 'POST', body: { imei: OTHER, modelName: 'Auriga dos' } },
    });
    await elena.getByRole('article', { name: 'Auriga dos' }).waitFor();
    await choose('Es el mismo que otro');
    await dialog().getByLabel('Auriga dos').check();
    await dialog().getByText('No se puede deshacer.').waitFor();
    await dialog().getByText('Sus números: IMEI •••• 809').waitFor();
    const join = dialog().getByRole('button', { name: 'Unir las dos fichas' });
    expect(await join.isDisabled()).toBe(true);
    await dialog().getByLabel('Cómo sabemos que es el mismo').fill('Tiene dos SIM');
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'device-join-es');
    await join.click();
    await elena.getByRole('article', { name: 'Auriga dos' }).waitFor({ state: 'detached' });
    expect(await devices()).toMatchObject([{ id: deviceId, imei2: '•••• 809' }]);
  });

  it('another phone takes its place, and the chain is on its page', async () => {
    await choose('Cambiado por otro teléfono');
    await dialog().getByText('Garantía', { exact: true }).click();
    await dialog().getByLabel('IMEI del nuevo').fill(NEXT);
    await dialog().getByLabel('Cómo se llama').fill('Auriga Tres');
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'device-replace-es');
    await dialog().getByRole('button', { name: 'Apuntar el cambio' }).click();
    await card().getByRole('link', { name: 'Auriga Tres' }).click();
    await elena.getByRole('heading', { name: 'Un teléfono por otro' }).waitFor();
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'device-chain-es');
    const page = await supervisor.done(`/devices/${deviceId}`, Device);
    expect(page.chain.map(({ name }) => name)).toEqual(['Auriga One', 'Auriga Tres']);
  });

  it('a key and the palette, in either language, open what is done to a phone', async () => {
    await elena.goBack();
    await elena.getByRole('article', { name: 'Auriga Tres' }).waitFor();
    await elena.keyboard.press('q');
    // Nothing is in repair: what is quoted is taken in first.
    await elena.getByRole('dialog', { name: 'Abrir una reparación' }).waitFor();
    await elena.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await openPalette(elena);
    await elena.keyboard.type('handset');
    await elena.getByText('Añadir un teléfono al caso').click();
    await dialog().getByLabel('IMEI', { exact: true }).waitFor();
  });

  it('what customers read of a stage is changed once for all of them', async () => {
    await elena.goto(`${world.url}/phones?show=stages`);
    const text = elena.getByLabel('Reparado, qué supone, En español');
    await text.fill('Pásate cuando quieras.');
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'stage-wording-es');
    await elena.getByRole('button', { name: 'Guardar los textos' }).click();
    await elena.getByText('Versión 1', { exact: false }).waitFor();
    const { content } = await supervisor.done('/repair-stages', StageWording);
    expect(content.es.repaired.text).toBe('Pásate cuando quieras.');
  });
});
