import { join } from 'node:path';
import { RESULTS, screenshot } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { ENGINEER, RMA } from './golden-manufacturer.js';
import { DAY_MS, IMEI, NAME } from './golden-run.js';
import type { Chapter, GoldenScene } from './golden-scene.js';

/** Of the golden story: the manufacturer takes it, names a price and a day, and is late. */
export const theMaker = (story: GoldenScene, chapter: Chapter): void => {
  chapter('4 · they accept and name an engineer: she is told who has it, and that we still answer', async () => {
    await story.maker.accept(story.run.day(4));
    const told = await story.run.told(/Orbe se encarga/u);
    expect(told).toContain(ENGINEER);
    expect(told).toContain(RMA);
    await story.herCase();
    await story.panel('Traspasos').getByText(RMA).waitFor();
    await screenshot(story.page, `golden-${story.way}-15-accepted`);
    await story.maker.page.screenshot({ path: join(RESULTS, `golden-${story.way}-15-theirs.png`) });
    await waitFor(async () => (await story.facts.repair()).back !== null);
  });

  chapter(
    '4 · quoted 400 → 200 of which we pay 100: she says yes to that version on her own phone, and they are told',
    async () => {
      await story.run.morningAt(story.page, 1);
      await story.maker.receive();
      await waitFor(async () => (await story.facts.repair()).holder === 'partner');
      await story.maker.quote();
      await story.herCase();
      const drafted = story.panel('Reparación').getByRole('button', { name: /^v1 · borrador/u });
      await drafted.waitFor();
      await screenshot(story.page, `golden-${story.way}-16-draft`);
      await drafted.click();
      await story.dialog().getByLabel('Operador').fill('100');
      await story.dialog().getByLabel('Meses cubiertos').fill('6');
      await story.dialog().getByLabel('Qué queda cubierto').fill('La placa y la mano de obra');
      await story.dialog().getByLabel('Vale hasta').fill(story.run.day(7));
      await screenshot(story.page, `golden-${story.way}-17-quote`);
      await story.dialog().getByRole('button', { name: 'Ofrecer al cliente' }).click();
      await story.dialog().waitFor({ state: 'detached' });
      await story.page.keyboard.press('Escape');
      await story.page
        .getByRole('textbox', { name: 'Cliente' })
        .fill('Begoña, es humedad en la placa. Te mando el presupuesto.');
      await story.page.getByRole('textbox', { name: 'Cliente' }).press('Control+Enter');
      await story.page.getByText(/Se envía por X en/u).waitFor();
      const link = /https?:\/\/\S+/u.exec(await story.run.told(/ya tienes el presupuesto/u))?.[0] ?? '';
      await story.hers.saysYes(link);
      await story.run.told(/es humedad en la placa/u);
      await story.herCase();
      await story.panel('Reparación').getByText('Aprobado', { exact: true }).waitFor();
      expect(await story.facts.quote()).toEqual({
        version: 1,
        state: 'approved',
        total: 20_000,
        how: 'link',
        name: NAME,
        exact: true,
      });
      await waitFor(async () => (await story.run.said('quote_answered')) === 1);
    },
  );

  chapter('5 · she phones: a third handler reads the story, manufacturer and all, and asks nothing again', async () => {
    const ivan = await story.run.desk(story.browser, 'ivan');
    await story.hers.dials();
    const rings = ivan.getByRole('region', { name: 'Llamadas entrantes' });
    await rings.getByRole('group', { name: NAME }).waitFor();
    await screenshot(ivan, `golden-${story.way}-19-rings`);
    await rings.getByRole('link', { name: 'Abrir el caso' }).click();
    const soFar = ivan.getByRole('region', { name: 'Historia hasta ahora' });
    await soFar.getByText(`IMEI •••• ${IMEI.slice(-3)}`).waitFor();
    await soFar.getByText('Veces que ha tenido que repetirlo: 0').waitFor();
    for (const known of [/Orbe se encarga/u, /se me ha muerto el móvil/u])
      await ivan.getByText(known).first().waitFor();
    await story.hers.hasSpoken();
    await ivan.getByText('Llamada del cliente').waitFor();
    await screenshot(ivan, `golden-${story.way}-20-third`);
    await ivan.context().close();
    expect(await story.run.row('select count(*)::int as asked from re_explanation where case_id = $1')).toEqual({
      asked: 0,
    });
  });

  chapter(
    '6 · their day slips by three: one message says both, the loaner is due three days later, the discount goes on',
    async () => {
      await story.run.morningAt(story.page, 1);
      const [before, moved] = [await story.facts.loan(), await story.run.happened('loan.due_moved')];
      const { back } = await story.facts.repair();
      await story.maker.slip(story.run.day(5));
      await waitFor(async () => (await story.facts.repair()).back?.getTime() === (back?.getTime() ?? 0) + 3 * DAY_MS);
      await story.herCase();
      const told = await story.run.told(/La pieza viene de fuera/u);
      expect(told).toContain('de préstamo es tuyo hasta el');
      await waitFor(async () => (await story.facts.loan()).due.getTime() === before.due.getTime() + 3 * DAY_MS);
      expect(await story.run.happened('loan.due_moved')).toBe(moved + 1);
      expect(await story.run.happened('loan.overdue')).toBe(0);
      await screenshot(story.page, `golden-${story.way}-21-slipped`);
    },
  );
};
