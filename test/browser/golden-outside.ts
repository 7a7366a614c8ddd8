import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openContext, RESULTS } from '../support/browser.js';
import { readCode } from '../support/fake-camera.js';
import { NAME, type GoldenRun } from './golden-run.js';

const PHONE = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false };

/** Begoña at her own screens: X and the telephone of the outside, and the pages we send her links to. */
export class AtHers {
  private constructor(
    private readonly outside: Page,
    private readonly pages: Page,
    private readonly way: string,
  ) {}

  static async begin({ world }: GoldenRun, browser: Browser, way: string): Promise<AtHers> {
    const outside = await (await openContext(browser)).newPage();
    const pages = await (await openContext(browser, PHONE)).newPage();
    await outside.goto(world.sandbox.url);
    await outside.getByRole('heading', { name: NAME }).waitFor();
    return new AtHers(outside, pages, way);
  }

  async writes(text: string): Promise<void> {
    await this.outside.getByRole('textbox', { name: 'Mensaje', exact: true }).fill(text);
    await this.outside.keyboard.press('Enter');
    await this.reads(text);
  }

  async reads(text: string): Promise<void> {
    await this.outside.getByRole('log').getByText(text).waitFor();
  }

  async dials(): Promise<void> {
    await this.outside.getByRole('button', { name: 'Llamar a la compañía' }).click();
    await this.outside.getByRole('button', { name: 'Llamar', exact: true }).click();
    await this.outside.getByText('Suena…').waitFor();
  }

  /** Somebody picks up, and in the end both hang up: the switchboard says so. */
  async hasSpoken(): Promise<void> {
    await this.outside.getByRole('button', { name: 'Descuelgan' }).click();
    await this.outside.getByRole('button', { name: 'Colgar' }).click();
    await this.outside.getByText('Hilo lo sabe').waitFor();
  }

  /** What the code says that she will show at the counter. */
  async code(link: string): Promise<string> {
    await this.pages.goto(link);
    const code = this.pages.locator('details', { has: this.pages.locator('.qr') });
    await code.locator('summary').click();
    const text = await readCode(await code.locator('.qr').screenshot());
    await this.keep('06-her-code');
    return text;
  }

  async saysYes(link: string): Promise<void> {
    await this.pages.goto(link);
    await this.pages.getByText(/^Precio acordado: /u).waitFor();
    await this.keep('18-her-quote');
    await this.pages.locator('#yes-name').fill(NAME);
    await this.pages.getByRole('button', { name: 'Sí, apruebo esta versión' }).click();
    await this.pages.getByText(/Lo aprobaste aquí, Begoña/u).waitFor();
  }

  async readsTheEnd(link: string): Promise<void> {
    await this.pages.goto(link);
    await this.pages.getByRole('heading', { name: 'Begoña, tu caso está resuelto' }).waitFor();
    await this.keep('27-her-end');
  }

  private async keep(name: string): Promise<void> {
    await this.pages.screenshot({ path: join(RESULTS, `golden-${this.way}-${name}.png`), fullPage: true });
  }
}
