import type { Page } from 'playwright-core';
import { screenshot } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { MINUTE_MS, NAME, type GoldenRun } from './golden-run.js';

const LACKS = ['Llamadas', 'Datos', 'Apps'];

/** Chapters 1 and 2 at the agent's screen. */
export class AtWelcome {
  constructor(
    private readonly run: GoldenRun,
    readonly page: Page,
    private readonly way: string,
  ) {}

  private readonly row = () => this.page.locator('[data-case]', { hasText: NAME });
  private readonly panel = (name: string) => this.page.getByRole('region', { name });
  private readonly dialog = () => this.page.getByRole('dialog');
  private readonly keep = (name: string) => screenshot(this.page, `golden-${this.way}-${name}`);

  /** What she wrote is in the queue, and nobody has reloaded anything. */
  async sees(text: string): Promise<void> {
    await this.row().getByText(text).waitFor();
    await this.keep('01-arrives');
  }

  async opens(): Promise<void> {
    await this.row().click();
    await this.page.waitForURL(/\/cases\/H-/u);
    await this.panel('Historia hasta ahora').waitFor();
  }

  async takes(): Promise<void> {
    await this.page.keyboard.press('m');
    await this.page.getByRole('button', { name: /^Responsable:? Marta Rey/u }).waitFor();
  }

  /** Everything she cannot do is written down, and checked with her. */
  async writesDownWhatSheLacks(): Promise<void> {
    for (const lost of LACKS) {
      await this.page.getByRole('button', { name: 'Le falta algo más' }).click();
      await this.page.getByRole('menuitem', { name: lost }).click();
      await this.page.getByRole('button', { name: `${lost}: sin comprobar` }).click();
      await this.page.getByRole('menuitem', { name: 'Comprobado' }).click();
      await this.page.getByRole('button', { name: `${lost}: comprobado` }).waitFor();
    }
  }

  /** The first clock of hers: it runs until somebody has helped. */
  async clockOfFirstHelp(words: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: 'Ver los plazos del caso' }).focus();
    await this.page.keyboard.press('Enter');
    const all = this.panel('Plazos del caso');
    await all.locator('section', { hasText: 'Primera ayuda' }).getByText(words).first().waitFor();
    await this.keep('02-clocks');
    await this.page.keyboard.press('Escape');
    await all.waitFor({ state: 'detached' });
  }

  /** It leaves when it can no longer be taken back; an answer takes her a while. */
  async asks(question: string): Promise<void> {
    await this.page.keyboard.press('r');
    await this.page.getByRole('textbox', { name: 'Cliente' }).fill(question);
    await this.page.keyboard.press('Control+Enter');
    await this.page.getByText(/Se envía por X en/u).waitFor();
    await this.run.pass(20 * MINUTE_MS);
    await this.page.clock.setSystemTime(this.run.world.clock.now());
  }

  async isAnswered(text: string): Promise<void> {
    await this.page.locator('[data-entry]', { hasText: text }).waitFor();
  }

  async agreesOnTheProblem(): Promise<void> {
    await this.page.getByRole('button', { name: /^Etapa: .*muerto/u }).click();
    await this.page.getByRole('menuitem', { name: 'por mensaje' }).click();
    await this.page.getByText(/De acuerdo: .+, por mensaje/u).waitFor();
  }

  /** By when we write to her again, whatever has happened by then. */
  async promisesNews(by: string): Promise<void> {
    await this.page.keyboard.press('b');
    await this.dialog().getByText('Prometido', { exact: true }).click();
    await this.dialog().getByLabel('Es escribirle con novedades').check();
    await this.dialog().getByLabel('Para cuándo').fill(by);
    await this.dialog().getByRole('button', { name: 'Añadir', exact: true }).click();
    await this.panel('Historia hasta ahora').getByText('Escribirle con novedades').waitFor();
  }

  /** The store nearest to her keeps one for her. */
  async keepsAPhone(): Promise<void> {
    await this.panel('Préstamo').getByRole('button', { name: 'Decidir préstamo' }).click();
    const nearest = this.dialog().getByRole('radiogroup', { name: 'Cuál' }).getByRole('group').first();
    await nearest.and(this.dialog().getByRole('group', { name: 'Nexo Goya' })).waitFor();
    await nearest.getByRole('radio', { name: /Auriga Lite/u }).check();
    await this.keep('03-loaner');
    await this.dialog().getByRole('button', { name: 'Guardar para el cliente' }).click();
    await this.dialog().waitFor({ state: 'detached' });
    await this.panel('Préstamo').getByText('P-0142').waitFor();
  }

  /** Address, hours, what to bring and her code, in one message; the store knows that she comes. */
  async showsTheWay(): Promise<void> {
    await this.page.keyboard.press('w');
    const words = this.dialog().getByLabel(/^Mensaje, en el idioma/u);
    await this.dialog()
      .getByRole('radio', { name: /Nexo Goya.*Aquí se le guarda un teléfono/u, checked: true })
      .waitFor({ state: 'attached' });
    await waitFor(async () => /Nexo Goya, Calle de Goya, 47/u.test(await words.inputValue()));
    await this.keep('04-way');
    await this.dialog().getByRole('button', { name: 'Enviar y avisar a la tienda' }).click();
    await this.dialog().waitFor({ state: 'detached' });
    await this.page.getByText('Va camino de Nexo Goya').waitFor();
  }

  async ends(): Promise<void> {
    await this.keep('05-case');
    await this.page.context().close();
  }
}
