import type { Locator, Page } from 'playwright-core';
import { signOn } from './signature.js';

/** A counter as the people of the shop use it: by the words on its buttons. */
export class AtCounter {
  taps = 0;
  constructor(readonly page: Page) {}

  readonly button = (name: string | RegExp): Locator => this.page.getByRole('button', { name });
  readonly choice = (name: string | RegExp): Locator => this.page.getByRole('radio', { name });
  readonly heading = (name: string | RegExp): Locator => this.page.getByRole('heading', { level: 1, name });

  /** A finger comes down once. */
  async tap(target: Locator): Promise<void> {
    await target.click();
    this.taps += 1;
  }

  /** Comes down on it, and writes. */
  async write(target: Locator, text: string): Promise<void> {
    await this.tap(target);
    await target.fill(text);
  }

  /** The big button at the foot, wherever it leads. */
  readonly onward = (): Locator => this.page.getByRole('contentinfo').getByRole('button').last();

  /** A step of the list at the head. */
  async step(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pasos' }).getByRole('link', { name }).click();
  }

  /** One tap a picture: what the tablet's own camera asks for is not ours. */
  async photos(target: Locator, pictures: readonly Buffer[]): Promise<void> {
    const files = pictures.map((buffer, at) => ({ name: `foto-${at}.jpg`, mimeType: 'image/jpeg', buffer }));
    await target.setInputFiles(files);
    this.taps += pictures.length;
  }

  /** Signs with a few strokes; resolves when the signature is taken. */
  async sign(): Promise<void> {
    await signOn(this.page, this.page.getByRole('img', { name: /^Aquí firma/u }));
    this.taps += 1;
    await this.page.getByRole('img', { name: /^Firma de/u }).waitFor();
  }

  /** Somebody is here about something, and has no phone with them. */
  async justAVisit(text: string): Promise<void> {
    await this.page.getByLabel(/¿Qué le pasa\?|¿Algo nuevo\?/u).fill(text);
    await this.step('Equipo');
    await this.choice('No lo trae').check();
    await this.finish();
  }

  /** Whatever is proposed for the next word is taken. */
  async finish(): Promise<void> {
    await this.step('Firmar');
    await this.heading('Lo acordado').waitFor();
    const here = this.choice('Pasa por aquí');
    if ((await this.page.getByRole('radio', { checked: true, name: /Mensaje en X|Correo/u }).count()) === 0)
      await here.check();
    await this.button('Terminar').click();
    await this.page.getByText('Visita anotada').waitFor();
  }
}
