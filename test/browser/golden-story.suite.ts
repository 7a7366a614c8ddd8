import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openContext, RESULTS, screenshot } from '../support/browser.js';
import { cameraArgs, filmOf } from '../support/fake-camera.js';
import { waitFor } from '../support/wait.js';
import { AtCounter } from './at-counter.js';
import { AtCustody } from './at-custody.js';
import { factsOf } from './golden-facts.js';
import { takenIn } from './golden-intake.js';
import { ENGINEER, RMA, type Manufacturer, type Meet } from './golden-manufacturer.js';
import { AtHers } from './golden-outside.js';
import { COURIER, DAY_MS, GoldenRun, IMEI, NAME } from './golden-run.js';
import { AtWelcome } from './golden-welcome.js';
import { Recording } from './recording.js';

const TABLET = { viewport: { width: 834, height: 1112 } };
const WORDS = 'Hola, se me ha muerto el móvil y no puedo llamar a nadie.';
const QUESTION = 'Lo siento, Begoña. ¿Da señales de vida con otro cargador?';
const ANSWER = 'Con ninguno, y ya he probado tres.';

/**
 * The golden story in one recorded run: written by direct message, seen by an agent, served at the counter, repaired by a manufacturer
 * who is spoken with one way alone, and back in her hand.
 */
export const goldenStory = (way: string, meet: Meet): void =>
  describe(`the golden story, one run: the manufacturer by ${way}`, () => {
    let run: GoldenRun;
    let browser: Browser;
    let folder: string;
    let film: Recording;
    let page: Page;
    let marta: AtWelcome;
    let hers: AtHers;
    let counter: AtCounter;
    let custody: AtCustody;
    let maker: Manufacturer;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hilo-golden-'));
      run = await GoldenRun.begin();
      browser = await openBrowser(cameraArgs(await filmOf(folder, [{ text: IMEI, format: 'Code128' }])));
      page = await (await openContext(browser, TABLET)).newPage();
      hers = await AtHers.begin(run, browser, way);
      [counter, custody] = [new AtCounter(page), new AtCustody(page)];
      await run.agreeWith(meet.partner(run));
      film = await Recording.of(page, `golden-${way}`);
    }, 90_000);
    afterAll(async () => {
      if (film) {
        const { path, bytes, frames } = await film.stop();
        process.stdout.write(`recorded: ${path}, ${frames} pictures, ${Math.round(bytes / 1024)} kB\n`);
      }
      await browser?.close();
      await run?.stop();
      await rm(folder, { recursive: true, force: true });
    }, 60_000);

    const panel = (name: string | RegExp) => page.getByRole('region', { name });
    const dialog = () => page.locator('[data-modal-content]');
    const gift = (words: string) => panel(/^Compensación/u).locator('li', { hasText: words });
    /** Her case on the tablet, with all that is known of her beside it. */
    const herCase = async () => {
      await page.goto(`${run.world.url}/cases/${run.reference}`);
      await page.getByRole('button', { name: 'Ficha del cliente' }).click();
      await panel('Reparación').waitFor();
    };
    /** Each goes on from the one before: what breaks off is not told to its end. */
    let broken = false;
    const chapter = (sentence: string, deed: () => Promise<void>) =>
      it(
        sentence,
        async () => {
          if (broken) throw new Error('the story broke off before');
          broken = true;
          await deed().catch(async (failure: unknown) => {
            const open = browser.contexts().flatMap((context) => context.pages());
            await Promise.all(open.map((each, place) => screenshot(each, `golden-${way}-broke-off-${place}`)));
            throw failure;
          });
          broken = false;
        },
        60_000,
      );
    const { lacks, repair, loan, discount, quote, silence, alone } = factsOf(() => run);

    chapter(
      '1 · she writes on X: it is there for an agent, who opens it, and her first clock runs; what she lacks is written down',
      async () => {
        marta = new AtWelcome(run, await run.desk(browser, 'agent'), way);
        await hers.writes(WORDS);
        await marta.sees(WORDS);
        await run.isKnown();
        await marta.opens();
        await marta.takes();
        await marta.clockOfFirstHelp(/^Quedan /u);
        await marta.writesDownWhatSheLacks();
        expect(await lacks()).toEqual({ apps: 'confirmed', calls: 'confirmed', data: 'confirmed' });
      },
    );

    chapter(
      '2 · they agree on what is wrong; a phone is kept at the store nearest to her, and she is shown the way to it',
      async () => {
        await marta.asks(QUESTION);
        await hers.reads(QUESTION);
        await hers.writes(ANSWER);
        await marta.isAnswered(ANSWER);
        await marta.agreesOnTheProblem();
        await marta.keepsAPhone();
        await marta.showsTheWay();
        await marta.promisesNews(run.day(1, '18:00'));
        await marta.clockOfFirstHelp(/^Cumplido en /u);
        await marta.ends();
        const told = await run.told(/Nexo Goya, Calle/u);
        const code = await hers.code(/https?:\/\/\S+\/t\/[\w-]{32}/u.exec(told)?.[0] ?? '');
        await filmOf(folder, [
          { text: code, format: 'QRCode' },
          { text: IMEI, format: 'Code128' },
        ]);
      },
    );

    chapter(
      '3 · her code is scanned: the same case with its story; not covered, said plainly; a phone in her hand, signed',
      async () => {
        await run.morningAt(page, 1);
        await panel('Apartados').getByText(NAME).waitFor();
        const started = Date.now();
        await takenIn(counter, way);
        await counter.heading('Visita anotada').waitFor();
        const seconds = (Date.now() - started) / 1000;
        process.stdout.write(`known customer: ${counter.taps} taps, ${seconds.toFixed(1)} s\n`);
        expect(counter.taps).toBeLessThanOrEqual(15);
        expect(seconds).toBeLessThan(90);
        await screenshot(page, `golden-${way}-10-done`);
        expect(await repair()).toMatchObject({ stage: 'received' });
        expect(await loan()).toMatchObject({ state: 'active' });
      },
    );

    chapter('the discount that proposed itself is given by the first person she speaks to', async () => {
      await run.proposed('fee_discount');
      await herCase();
      await gift('70 % menos de cuota')
        .getByText(/Un día sin servicio/u)
        .waitFor();
      await screenshot(page, `golden-${way}-11-proposed`);
      await gift('70 % menos de cuota').getByRole('button', { name: 'Dar' }).click();
      await dialog().getByRole('button', { name: 'Dar' }).click();
      await gift('70 % menos de cuota')
        .getByText(/En marcha/u)
        .waitFor();
      expect(await discount()).toMatchObject({ state: 'active', days: 2 });
    });

    chapter(
      '3 · the shop hands it to the manufacturer, who sees exactly what the shop saw that they would',
      async () => {
        await herCase();
        await panel('Traspasos').getByRole('button', { name: 'Traspasar a otra empresa' }).click();
        await dialog().getByLabel('A quién').selectOption({ label: 'Orbe' });
        await dialog().getByText('Que lo arreglen', { exact: true }).click();
        await dialog()
          .getByLabel('Qué les pedimos')
          .fill('No enciende desde el lunes. Diagnóstico y presupuesto; no borrar nada.');
        await dialog().getByRole('button', { name: 'Continuar' }).click();
        const seen = dialog().getByRole('region', { name: 'Justo lo que verá Orbe' });
        await seen.getByText(IMEI).waitFor();
        await screenshot(page, `golden-${way}-12-seen`);
        await dialog().getByRole('button', { name: 'Enviar a Orbe' }).click();
        await panel('Traspasos').getByText('Enviado, sin acuse').waitFor();
        maker = await meet.open(run, browser, await run.handoffId());
        expect(await run.row('select status, wait_reason as reason from cases where id = $1')).toEqual({
          ...{ status: 'waiting', reason: 'partner' },
        });
      },
    );

    chapter('3 · and sends it to them: labelled, read when the courier takes it', async () => {
      await herCase();
      const label = await custody.prepare({ to: 'Orbe', courier: COURIER, trackingNumber: 'RY-1' });
      await screenshot(page, `golden-${way}-13-label`);
      const print = custody.panel().getByRole('link', { name: 'Etiqueta' });
      const pdf = await page.request.get(new URL((await print.getAttribute('href')) ?? '', page.url()).href);
      expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
      await filmOf(folder, [{ text: label, format: 'Code128' }]);
      await page.goto(`${run.world.url}/visit`);
      await custody.toSend().getByRole('button', { name: 'Entregar al mensajero' }).click();
      const form = custody.form(/^Sale Auriga One/u);
      await custody.scans(form);
      await screenshot(page, `golden-${way}-14-leaves`);
      await form.getByRole('button', { name: 'Entregar al mensajero' }).click();
      await custody.toSend().getByText('Nada por enviar.').waitFor();
      expect(await repair()).toMatchObject({ stage: 'received', holder: 'courier' });
    });

    chapter('4 · they accept and name an engineer: she is told who has it, and that we still answer', async () => {
      await maker.accept(run.day(4));
      const told = await run.told(/Orbe se encarga/u);
      expect(told).toContain(ENGINEER);
      expect(told).toContain(RMA);
      await herCase();
      await panel('Traspasos').getByText(RMA).waitFor();
      await screenshot(page, `golden-${way}-15-accepted`);
      await maker.page.screenshot({ path: join(RESULTS, `golden-${way}-15-theirs.png`) });
      await waitFor(async () => (await repair()).back !== null);
    });

    chapter(
      '4 · quoted 400 → 200 of which we pay 100: she says yes to that version on her own phone, and they are told',
      async () => {
        await run.morningAt(page, 1);
        await maker.receive();
        await waitFor(async () => (await repair()).holder === 'partner');
        await maker.quote();
        await herCase();
        const drafted = panel('Reparación').getByRole('button', { name: /^v1 · borrador/u });
        await drafted.waitFor();
        await screenshot(page, `golden-${way}-16-draft`);
        await drafted.click();
        await dialog().getByLabel('Operador').fill('100');
        await dialog().getByLabel('Meses cubiertos').fill('6');
        await dialog().getByLabel('Qué queda cubierto').fill('La placa y la mano de obra');
        await dialog().getByLabel('Vale hasta').fill(run.day(7));
        await screenshot(page, `golden-${way}-17-quote`);
        await dialog().getByRole('button', { name: 'Ofrecer al cliente' }).click();
        await dialog().waitFor({ state: 'detached' });
        await page.keyboard.press('Escape');
        await page
          .getByRole('textbox', { name: 'Cliente' })
          .fill('Begoña, es humedad en la placa. Te mando el presupuesto.');
        await page.getByRole('textbox', { name: 'Cliente' }).press('Control+Enter');
        await page.getByText(/Se envía por X en/u).waitFor();
        const link = /https?:\/\/\S+/u.exec(await run.told(/ya tienes el presupuesto/u))?.[0] ?? '';
        await hers.saysYes(link);
        await run.told(/es humedad en la placa/u);
        await herCase();
        await panel('Reparación').getByText('Aprobado', { exact: true }).waitFor();
        expect(await quote()).toEqual({
          version: 1,
          state: 'approved',
          total: 20_000,
          how: 'link',
          name: NAME,
          exact: true,
        });
        await waitFor(async () => (await run.said('quote_answered')) === 1);
      },
    );

    chapter(
      '5 · she phones: a third handler reads the story, manufacturer and all, and asks nothing again',
      async () => {
        const ivan = await run.desk(browser, 'ivan');
        await hers.dials();
        const rings = ivan.getByRole('region', { name: 'Llamadas entrantes' });
        await rings.getByRole('group', { name: NAME }).waitFor();
        await screenshot(ivan, `golden-${way}-19-rings`);
        await rings.getByRole('link', { name: 'Abrir el caso' }).click();
        const story = ivan.getByRole('region', { name: 'Historia hasta ahora' });
        await story.getByText(`IMEI •••• ${IMEI.slice(-3)}`).waitFor();
        await story.getByText('Veces que ha tenido que repetirlo: 0').waitFor();
        for (const known of [/Orbe se encarga/u, /se me ha muerto el móvil/u])
          await ivan.getByText(known).first().waitFor();
        await hers.hasSpoken();
        await ivan.getByText('Llamada del cliente').waitFor();
        await screenshot(ivan, `golden-${way}-20-third`);
        await ivan.context().close();
        expect(await run.row('select count(*)::int as asked from re_explanation where case_id = $1')).toEqual({
          asked: 0,
        });
      },
    );

    chapter(
      '6 · their day slips by three: one message says both, the loaner is due three days later, the discount goes on',
      async () => {
        await run.morningAt(page, 1);
        const [before, moved] = [await loan(), await run.happened('loan.due_moved')];
        const { back } = await repair();
        await maker.slip(run.day(5));
        await waitFor(async () => (await repair()).back?.getTime() === (back?.getTime() ?? 0) + 3 * DAY_MS);
        await herCase();
        const told = await run.told(/La pieza viene de fuera/u);
        expect(told).toContain('de préstamo es tuyo hasta el');
        await waitFor(async () => (await loan()).due.getTime() === before.due.getTime() + 3 * DAY_MS);
        expect(await run.happened('loan.due_moved')).toBe(moved + 1);
        expect(await run.happened('loan.overdue')).toBe(0);
        await screenshot(page, `golden-${way}-21-slipped`);
      },
    );

    chapter('7 · they have done it, and it is back at the shop: she is told that she can fetch it', async () => {
      await run.morningAt(page, 4);
      await maker.finish();
      await waitFor(async () => (await run.happened('handoff.resolved')) === 1);
      await maker.sendBack(run.day(1));
      await waitFor(async () => (await repair()).holder === 'courier');
      await page.goto(`${run.world.url}/visit`);
      await custody.toReceive().getByRole('button', { name: 'Ha llegado' }).click();
      const form = custody.form(/^Llega Auriga One/u);
      await custody.signs(form);
      await screenshot(page, `golden-${way}-22-arrives`);
      await form.getByRole('button', { name: 'Ha llegado' }).click();
      await custody.toReceive().getByText('No viene nada de camino.').waitFor();
      await run.told(/ya está reparado/u);
      await herCase();
      await panel('Traspasos').getByText('Resuelto: falta cerrarlo').waitFor();
      await panel('Traspasos').getByRole('button', { name: 'Cerrar el traspaso' }).click();
      await dialog().getByRole('button', { name: 'Cerrar el traspaso' }).click();
      await dialog().waitFor({ state: 'detached' });
      await screenshot(page, `golden-${way}-23-closed`);
      expect(await repair()).toMatchObject({ stage: 'repaired', holder: 'store' });
    });

    chapter(
      '7 · fetched, tried together, the loaner back and signed: the discount stops at that moment and is billed once',
      async () => {
        await run.proposed('voucher');
        await herCase();
        await gift('Bono de 15,00 €').getByRole('button', { name: 'Dar' }).click();
        await dialog().getByRole('button', { name: 'Dar' }).click();
        await gift('Bono de 15,00 €').getByRole('button', { name: 'Ver el código (una vez)' }).waitFor();
        await screenshot(page, `golden-${way}-24-voucher`);
        await page.goto(`${run.world.url}/visit`);
        await panel('Listos para recoger').getByText(NAME).click();
        await counter.button('Recoge su móvil').click();
        await counter.heading('Se lleva su equipo').waitFor();
        for (const what of ['Una llamada', 'Los datos', 'Sus apps'])
          await page.getByRole('group', { name: what }).getByRole('radio', { name: 'Va bien' }).check();
        await page.getByRole('group', { name: '¿Han vuelto sus datos?' }).getByRole('radio', { name: 'Todos' }).check();
        await counter.choice(/Sí, todo bien/u).check();
        await screenshot(page, `golden-${way}-25-back`);
        await counter.onward().click();
        await counter.heading('Devuelve el préstamo').waitFor();
        await counter.button('Vuelve como salió').click();
        await page.getByRole('checkbox', { name: 'Cuentas cerradas' }).check();
        await counter.onward().click();
        await counter.heading('Lo acordado').waitFor();
        await counter.sign();
        await counter.button('Entregar y terminar').click();
        await counter.heading('Devuelto').waitFor();
        await page.getByText(/el caso queda cerrado/u).waitFor();
        await screenshot(page, `golden-${way}-26-returned`);
        expect(await repair()).toMatchObject({ stage: 'returned', holder: 'customer' });
        expect(await loan()).toMatchObject({ state: 'returned' });
        await waitFor(async () => (await discount()).state === 'stopped');
        const { state, days, cents } = await discount();
        expect({ state, days }).toEqual({ state: 'stopped', days: 8 });
        // 70 % of 30.00 € by the days of the month.
        expect(Math.abs(cents - (2100 * 8) / run.daysOfMonth())).toBeLessThan(1);
        const billed = await waitFor(() => run.billed().length === 2 && run.billed(), { timeout: 15_000 });
        expect(billed).toEqual(
          expect.arrayContaining([
            expect.objectContaining({ type: 'voucher.issued', times: 1 }),
            expect.objectContaining({
              ...{ type: 'fee_discount.stopped', times: 1 },
              data: expect.objectContaining({ amount: { cents, currency: 'EUR' }, days: 8 }),
            }),
          ]),
        );
        await run.later(DAY_MS);
        expect(await discount()).toMatchObject({ state, days, cents });
      },
    );

    chapter(
      '8 · she has confirmed it with her signature: closed, and told; nobody asked twice, nobody was silent, no clock stood still',
      async () => {
        expect(await run.row('select status from cases where id = $1')).toEqual({ status: 'closed' });
        const link =
          /https?:\/\/[^\s:]+:\d+\/t\/[\w-]+/u.exec(await run.told(/el resguardo de tu recogida/u))?.[0] ?? '';
        await hers.readsTheEnd(link);
        expect(await silence()).toEqual({ paused: 0, silent: 0 });
        expect(await alone()).toEqual({ cases: 1, asked: 0 });
        expect(await run.happened('closing.confirmed')).toBe(1);
        expect(run.billed().map(({ times }) => times)).toEqual([1, 1]);
        // Never handed over, and told of each thing once.
        expect(await run.happened('owner.moved')).toBe(0);
        expect(
          await run.row('select array_agg(state order by opened_at) as states from handoff where case_id = $1'),
        ).toEqual({
          states: ['closed'],
        });
      },
    );
  });
