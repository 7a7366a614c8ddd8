import type { Browser, Page } from 'playwright-core';
import { IssuedDeskLink, type PartnerBody } from '#contracts';
import type { z } from 'zod';
import { Factory } from '../e2e/factory.js';
import { openContext } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { COURIER, type GoldenRun } from './golden-run.js';

/** What a manufacturer does in the story, by whichever way they are spoken with. Days as `2026-12-04T10:00`. */
export interface Manufacturer {
  readonly page: Page;
  accept(ready: string): Promise<void>;
  receive(): Promise<void>;
  quote(): Promise<void>;
  slip(ready: string): Promise<void>;
  finish(): Promise<void>;
  sendBack(arrives: string): Promise<void>;
}

/** How they are agreed with, and who is at the other end once work was handed over. */
export interface Meet {
  partner: (run: GoldenRun) => Partial<z.input<typeof PartnerBody>>;
  open: (run: GoldenRun, browser: Browser, handoffId: string) => Promise<Manufacturer>;
}

export const RMA = '4711';
export const ENGINEER = 'Ana Roig';
const SLIPPED = 'La pieza viene de fuera';

/** A person at their ticket system. */
class AtTickets implements Manufacturer {
  constructor(readonly page: Page) {}

  private async deed(name: string, fields: Record<string, string> | null): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).first().click();
    if (!fields) return;
    const form = this.page.getByRole('form', { name });
    for (const [label, value] of Object.entries(fields)) await form.getByLabel(label, { exact: true }).fill(value);
    await form.getByRole('button', { name, exact: true }).click();
    await form.waitFor({ state: 'detached' });
  }

  accept(ready: string): Promise<void> {
    return this.deed('Aceptar', { RMA, 'Quién lo lleva': ENGINEER, 'Fecha prevista': ready });
  }
  receive(): Promise<void> {
    return this.deed('Ha llegado', null);
  }
  quote(): Promise<void> {
    return this.deed('Presupuestar', { Concepto: 'Placa base y limpieza', 'Garantía después (meses)': '6' });
  }
  slip(ready: string): Promise<void> {
    return this.deed('Cambiar fecha', { 'Fecha prevista': ready, Motivo: SLIPPED });
  }
  finish(): Promise<void> {
    return this.deed('Resolver', { Texto: 'Placa base cambiada y probada.' });
  }
  sendBack(arrives: string): Promise<void> {
    return this.deed('Enviar de vuelta', { Mensajería: COURIER, 'Número de envío': 'RY-2', 'Fecha prevista': arrives });
  }
}

/** A person with a mailbox and nothing else, who answers in words. */
class AtMailbox implements Manufacturer {
  constructor(readonly page: Page) {}

  private async answer(text: string): Promise<void> {
    const box = this.page.getByLabel('Responder');
    await box.fill(text);
    await this.page.getByRole('button', { name: 'Responder', exact: true }).click();
    await waitFor(async () => (await box.inputValue()) === '');
  }

  accept(ready: string): Promise<void> {
    return this.answer(`Aceptado. RMA ${RMA}. Lo lleva ${ENGINEER}. Estará listo el ${plain(ready)}.`);
  }
  receive(): Promise<void> {
    return this.answer('El teléfono ha llegado a nuestro taller.');
  }
  quote(): Promise<void> {
    return this.answer('Presupuesto: placa base, 400 € de tarifa, 200 € para vosotros.');
  }
  slip(ready: string): Promise<void> {
    return this.answer(`Se retrasa hasta el ${plain(ready)}. ${SLIPPED}.`);
  }
  finish(): Promise<void> {
    return this.answer('Ya está reparado: placa base cambiada y probada.');
  }
  sendBack(arrives: string): Promise<void> {
    return this.answer(
      `Hemos enviado el teléfono de vuelta con ${COURIER}, seguimiento RY-2. Llega el ${plain(arrives)}.`,
    );
  }
}

/** A person with a link, on a page that needs no script. */
class AtDesk implements Manufacturer {
  constructor(readonly page: Page) {}

  private async act(action: string, fields: Record<string, string>, button: string): Promise<void> {
    const one = this.page.locator('details.act', { has: this.page.locator(`input[name=action][value=${action}]`) });
    if ((await one.getAttribute('open')) === null) await one.locator('summary').first().click();
    for (const [label, value] of Object.entries(fields)) await one.getByLabel(label).first().fill(value);
    if (action === 'resolved') await one.getByLabel('Resultado').selectOption({ label: 'Reparado' });
    await one.getByRole('button', { name: button }).click();
    await this.page.getByText('Recibido. Gracias.').waitFor();
  }

  accept(ready: string): Promise<void> {
    const fields = { 'Vuestro número de caso o RMA': RMA, 'Quién lo lleva': ENGINEER, Fecha: ready.slice(0, 10) };
    return this.act('accepted', fields, 'Aceptar el trabajo');
  }
  receive(): Promise<void> {
    return this.act('received', {}, 'El teléfono está aquí');
  }
  quote(): Promise<void> {
    const fields = { Concepto: 'Placa base y limpieza', 'Precio de lista': '400', 'Precio para nosotros': '200' };
    return this.act('quoted', fields, 'Enviar el presupuesto');
  }
  slip(ready: string): Promise<void> {
    return this.act('eta', { Fecha: ready.slice(0, 10), Motivo: SLIPPED }, 'Cambiar la fecha');
  }
  finish(): Promise<void> {
    return this.act('resolved', { 'Qué hicisteis': 'Placa base cambiada y probada.' }, 'Dar por resuelto');
  }
  sendBack(arrives: string): Promise<void> {
    const fields = { Transportista: COURIER, 'Número de seguimiento': 'RY-2', Fecha: arrives.slice(0, 10) };
    return this.act('dispatched', fields, 'El teléfono va de vuelta');
  }
}

const plain = (day: string): string => day.slice(0, 10).split('-').reverse().join('/');

const asManufacturer = async (run: GoldenRun, browser: Browser): Promise<Page> => {
  const page = await (await openContext(browser)).newPage();
  await page.goto(run.world.sandbox.url);
  await page.getByRole('link', { name: 'El fabricante' }).click();
  return page;
};

export const BY_TMF621: Meet = {
  partner: ({ world }) => ({ gateway: 'tmf621', tmf621: new Factory(world.sandbox).peer, email: null }),
  open: async (run, browser) => {
    const page = await asManufacturer(run, browser);
    await page.getByRole('button', { name: 'Aceptar', exact: true }).first().waitFor();
    return new AtTickets(page);
  },
};

export const BY_EMAIL: Meet = {
  partner: () => ({ gateway: 'email', email: 'service@orbe.test' }),
  open: async (run, browser) => {
    const page = await asManufacturer(run, browser);
    await page.getByRole('button', { name: /^Correo/u }).click();
    await page.getByLabel('Responder').waitFor();
    return new AtMailbox(page);
  },
};

export const BY_DESK: Meet = {
  partner: () => ({ gateway: 'desk', email: 'service@orbe.test' }),
  open: async (run, browser, handoffId) => {
    const store = await run.world.login('store@hilo.test');
    const { url } = await store.done(`/handoffs/${handoffId}/links`, IssuedDeskLink, { method: 'POST', body: {} });
    const context = await openContext(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(url);
    return new AtDesk(page);
  },
};
