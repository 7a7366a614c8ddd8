import { screenshot } from '../support/browser.js';
import { filmOf } from '../support/fake-camera.js';
import { takenIn } from './golden-intake.js';
import { COURIER, IMEI, NAME } from './golden-run.js';
import type { Chapter, GoldenScene } from './golden-scene.js';
import { AtWelcome } from './golden-welcome.js';

const WORDS = 'Hola, se me ha muerto el móvil y no puedo llamar a nadie.';
const QUESTION = 'Lo siento, Begoña. ¿Da señales de vida con otro cargador?';
const ANSWER = 'Con ninguno, y ya he probado tres.';

/** Of the golden story: she writes, is understood, and leaves her phone at the counter with one of ours in her hand. */
export const theShop = (story: GoldenScene, chapter: Chapter): void => {
  chapter(
    '1 · she writes on X: it is there for an agent, who opens it, and her first clock runs; what she lacks is written down',
    async () => {
      story.marta = new AtWelcome(story.run, await story.run.desk(story.browser, 'agent'), story.way);
      await story.hers.writes(WORDS);
      await story.marta.sees(WORDS);
      await story.run.isKnown();
      await story.marta.opens();
      await story.marta.takes();
      await story.marta.clockOfFirstHelp(/^Quedan /u);
      await story.marta.writesDownWhatSheLacks();
      expect(await story.facts.lacks()).toEqual({ apps: 'confirmed', calls: 'confirmed', data: 'confirmed' });
    },
  );

  chapter(
    '2 · they agree on what is wrong; a phone is kept at the store nearest to her, and she is shown the way to it',
    async () => {
      await story.marta.asks(QUESTION);
      await story.hers.reads(QUESTION);
      await story.hers.writes(ANSWER);
      await story.marta.isAnswered(ANSWER);
      await story.marta.agreesOnTheProblem();
      await story.marta.keepsAPhone();
      await story.marta.showsTheWay();
      await story.marta.promisesNews(story.run.day(1, '18:00'));
      await story.marta.clockOfFirstHelp(/^Cumplido en /u);
      await story.marta.ends();
      const told = await story.run.told(/Nexo Goya, Calle/u);
      const code = await story.hers.code(/https?:\/\/\S+\/t\/[\w-]{32}/u.exec(told)?.[0] ?? '');
      await filmOf(story.folder, [
        { text: code, format: 'QRCode' },
        { text: IMEI, format: 'Code128' },
      ]);
    },
  );

  chapter(
    '3 · her code is scanned: the same case with its story; not covered, said plainly; a phone in her hand, signed',
    async () => {
      await story.run.morningAt(story.page, 1);
      await story.panel('Apartados').getByText(NAME).waitFor();
      const started = Date.now();
      await takenIn(story.counter, story.way);
      await story.counter.heading('Visita anotada').waitFor();
      const seconds = (Date.now() - started) / 1000;
      process.stdout.write(`known customer: ${story.counter.taps} taps, ${seconds.toFixed(1)} s\n`);
      expect(story.counter.taps).toBeLessThanOrEqual(15);
      expect(seconds).toBeLessThan(90);
      await screenshot(story.page, `golden-${story.way}-10-done`);
      expect(await story.facts.repair()).toMatchObject({ stage: 'received' });
      expect(await story.facts.loan()).toMatchObject({ state: 'active' });
    },
  );

  chapter('the discount that proposed itself is given by the first person she speaks to', async () => {
    await story.run.proposed('fee_discount');
    await story.herCase();
    await story
      .gift('70 % menos de cuota')
      .getByText(/Un día sin servicio/u)
      .waitFor();
    await screenshot(story.page, `golden-${story.way}-11-proposed`);
    await story.gift('70 % menos de cuota').getByRole('button', { name: 'Dar' }).click();
    await story.dialog().getByRole('button', { name: 'Dar' }).click();
    await story
      .gift('70 % menos de cuota')
      .getByText(/En marcha/u)
      .waitFor();
    expect(await story.facts.discount()).toMatchObject({ state: 'active', days: 2 });
  });

  chapter('3 · the shop hands it to the manufacturer, who sees exactly what the shop saw that they would', async () => {
    await story.herCase();
    await story.panel('Traspasos').getByRole('button', { name: 'Traspasar a otra empresa' }).click();
    await story.dialog().getByLabel('A quién').selectOption({ label: 'Orbe' });
    await story.dialog().getByText('Que lo arreglen', { exact: true }).click();
    await story
      .dialog()
      .getByLabel('Qué les pedimos')
      .fill('No enciende desde el lunes. Diagnóstico y presupuesto; no borrar nada.');
    await story.dialog().getByRole('button', { name: 'Continuar' }).click();
    const seen = story.dialog().getByRole('region', { name: 'Justo lo que verá Orbe' });
    await seen.getByText(IMEI).waitFor();
    await screenshot(story.page, `golden-${story.way}-12-seen`);
    await story.dialog().getByRole('button', { name: 'Enviar a Orbe' }).click();
    await story.panel('Traspasos').getByText('Enviado, sin acuse').waitFor();
    story.maker = await story.meet.open(story.run, story.browser, await story.run.handoffId());
    expect(await story.run.row('select status, wait_reason as reason from cases where id = $1')).toEqual({
      ...{ status: 'waiting', reason: 'partner' },
    });
  });

  chapter('3 · and sends it to them: labelled, read when the courier takes it', async () => {
    await story.herCase();
    const label = await story.custody.prepare({ to: 'Orbe', courier: COURIER, trackingNumber: 'RY-1' });
    await screenshot(story.page, `golden-${story.way}-13-label`);
    const print = story.custody.panel().getByRole('link', { name: 'Etiqueta' });
    const pdf = await story.page.request.get(new URL((await print.getAttribute('href')) ?? '', story.page.url()).href);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await filmOf(story.folder, [{ text: label, format: 'Code128' }]);
    await story.page.goto(`${story.run.world.url}/visit`);
    await story.custody.toSend().getByRole('button', { name: 'Entregar al mensajero' }).click();
    const form = story.custody.form(/^Sale Auriga One/u);
    await story.custody.scans(form);
    await screenshot(story.page, `golden-${story.way}-14-leaves`);
    await form.getByRole('button', { name: 'Entregar al mensajero' }).click();
    await story.custody.toSend().getByText('Nada por enviar.').waitFor();
    expect(await story.facts.repair()).toMatchObject({ stage: 'received', holder: 'courier' });
  });
};
