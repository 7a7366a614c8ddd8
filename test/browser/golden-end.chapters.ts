import { screenshot } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { DAY_MS, NAME } from './golden-run.js';
import type { Chapter, GoldenScene } from './golden-scene.js';

/** Of the golden story: it comes back, she fetches it, and all of it is over. */
export const theEnd = (story: GoldenScene, chapter: Chapter): void => {
  chapter('7 · they have done it, and it is back at the shop: she is told that she can fetch it', async () => {
    await story.run.morningAt(story.page, 4);
    await story.maker.finish();
    await waitFor(async () => (await story.run.happened('handoff.resolved')) === 1);
    await story.maker.sendBack(story.run.day(1));
    await waitFor(async () => (await story.facts.repair()).holder === 'courier');
    await story.page.goto(`${story.run.world.url}/visit`);
    await story.custody.toReceive().getByRole('button', { name: 'Ha llegado' }).click();
    const form = story.custody.form(/^Llega Auriga One/u);
    await story.custody.signs(form);
    await screenshot(story.page, `golden-${story.way}-22-arrives`);
    await form.getByRole('button', { name: 'Ha llegado' }).click();
    await story.custody.toReceive().getByText('No viene nada de camino.').waitFor();
    await story.run.told(/ya está reparado/u);
    await story.herCase();
    await story.panel('Traspasos').getByText('Resuelto: falta cerrarlo').waitFor();
    await story.panel('Traspasos').getByRole('button', { name: 'Cerrar el traspaso' }).click();
    await story.dialog().getByRole('button', { name: 'Cerrar el traspaso' }).click();
    await story.dialog().waitFor({ state: 'detached' });
    await screenshot(story.page, `golden-${story.way}-23-closed`);
    expect(await story.facts.repair()).toMatchObject({ stage: 'repaired', holder: 'store' });
  });

  chapter(
    '7 · fetched, tried together, the loaner back and signed: the discount stops at that moment and is billed once',
    async () => {
      await story.run.proposed('voucher');
      await story.herCase();
      await story.gift('Bono de 15,00 €').getByRole('button', { name: 'Dar' }).click();
      await story.dialog().getByRole('button', { name: 'Dar' }).click();
      await story.gift('Bono de 15,00 €').getByRole('button', { name: 'Ver el código (una vez)' }).waitFor();
      await screenshot(story.page, `golden-${story.way}-24-voucher`);
      await story.page.goto(`${story.run.world.url}/visit`);
      await story.panel('Listos para recoger').getByText(NAME).click();
      await story.counter.button('Recoge su móvil').click();
      await story.counter.heading('Se lleva su equipo').waitFor();
      for (const what of ['Una llamada', 'Los datos', 'Sus apps'])
        await story.page.getByRole('group', { name: what }).getByRole('radio', { name: 'Va bien' }).check();
      await story.page
        .getByRole('group', { name: '¿Han vuelto sus datos?' })
        .getByRole('radio', { name: 'Todos' })
        .check();
      await story.counter.choice(/Sí, todo bien/u).check();
      await screenshot(story.page, `golden-${story.way}-25-back`);
      await story.counter.onward().click();
      await story.counter.heading('Devuelve el préstamo').waitFor();
      await story.counter.button('Vuelve como salió').click();
      await story.page.getByRole('checkbox', { name: 'Cuentas cerradas' }).check();
      await story.counter.onward().click();
      await story.counter.heading('Lo acordado').waitFor();
      await story.counter.sign();
      await story.counter.button('Entregar y terminar').click();
      await story.counter.heading('Devuelto').waitFor();
      await story.page.getByText(/el caso queda cerrado/u).waitFor();
      await screenshot(story.page, `golden-${story.way}-26-returned`);
      expect(await story.facts.repair()).toMatchObject({ stage: 'returned', holder: 'customer' });
      expect(await story.facts.loan()).toMatchObject({ state: 'returned' });
      await waitFor(async () => (await story.facts.discount()).state === 'stopped');
      const { state, days, cents } = await story.facts.discount();
      expect({ state, days }).toEqual({ state: 'stopped', days: 8 });
      // 70 % of 30.00 € by the days of the month.
      expect(Math.abs(cents - (2100 * 8) / story.run.daysOfMonth())).toBeLessThan(1);
      const billed = await waitFor(() => story.run.billed().length === 2 && story.run.billed(), { timeout: 15_000 });
      expect(billed).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: 'voucher.issued', times: 1 }),
          expect.objectContaining({
            ...{ type: 'fee_discount.stopped', times: 1 },
            data: expect.objectContaining({ amount: { cents, currency: 'EUR' }, days: 8 }),
          }),
        ]),
      );
      await story.run.later(DAY_MS);
      expect(await story.facts.discount()).toMatchObject({ state, days, cents });
    },
  );

  chapter(
    '8 · she has confirmed it with her signature: closed, and told; nobody asked twice, nobody was silent, no clock stood still',
    async () => {
      expect(await story.run.row('select status from cases where id = $1')).toEqual({ status: 'closed' });
      const link =
        /https?:\/\/[^\s:]+:\d+\/t\/[\w-]+/u.exec(await story.run.told(/el resguardo de tu recogida/u))?.[0] ?? '';
      await story.hers.readsTheEnd(link);
      expect(await story.facts.silence()).toEqual({ paused: 0, silent: 0 });
      expect(await story.facts.alone()).toEqual({ cases: 1, asked: 0 });
      expect(await story.run.happened('closing.confirmed')).toBe(1);
      expect(story.run.billed().map(({ times }) => times)).toEqual([1, 1]);
      // Never handed over, and told of each thing once.
      expect(await story.run.happened('owner.moved')).toBe(0);
      expect(
        await story.run.row('select array_agg(state order by opened_at) as states from handoff where case_id = $1'),
      ).toEqual({
        states: ['closed'],
      });
    },
  );
};
