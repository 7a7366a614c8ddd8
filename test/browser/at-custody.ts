import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../support/wait.js';
import { signOn } from './signature.js';

interface Way {
  to: string;
  courier: string;
  trackingNumber: string;
}

/** Where a phone is, as whoever sends or receives it uses the screens: by the words on them. */
export class AtCustody {
  constructor(readonly page: Page) {}

  readonly panel = (): Locator => this.page.getByRole('region', { name: 'Dónde está' });
  readonly toSend = (): Locator => this.page.getByRole('region', { name: 'Por enviar' });
  readonly toReceive = (): Locator => this.page.getByRole('region', { name: 'Por recibir' });
  readonly form = (title: RegExp): Locator => this.page.getByRole('dialog', { name: title });

  /** Writes down on the case where it goes; `look` is there before it is done. @returns what its label says */
  async prepare({ to, courier, trackingNumber }: Way, look = async () => Promise.resolve()): Promise<string> {
    await this.panel().getByRole('button', { name: 'Preparar envío' }).click();
    const form = this.form(/^Preparar un envío/u);
    await form.getByLabel('Va a').selectOption({ label: to });
    await form.getByLabel('Lo lleva').selectOption({ label: courier });
    await form.getByLabel('Número de seguimiento').fill(trackingNumber);
    await look();
    await form.getByRole('button', { name: 'Preparar envío' }).click();
    await this.panel().getByText('Por salir').waitFor();
    return (await this.panel().locator('[data-leg]').last().getAttribute('data-leg')) ?? '';
  }

  /** The camera reads the label of what is in front of it. */
  async scans(form: Locator): Promise<void> {
    await form.getByRole('button', { name: 'Cámara' }).click();
    await waitFor(async () => (await form.getByLabel('Código de la etiqueta').inputValue()) !== '');
  }

  /** Whoever takes it signs for it. */
  async signs(form: Locator): Promise<void> {
    await form.getByRole('button', { name: 'Firmar en vez de leer la etiqueta' }).click();
    await signOn(this.page, form.getByRole('img', { name: /^Firma aquí/u }));
    await form.getByText('Firmado', { exact: true }).waitFor();
  }
}
