import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openContext, screenshot } from '../support/browser.js';
import { cameraArgs, filmOf } from '../support/fake-camera.js';
import { AtCounter } from './at-counter.js';
import { AtCustody } from './at-custody.js';
import { factsOf } from './golden-facts.js';
import type { Manufacturer, Meet } from './golden-manufacturer.js';
import { AtHers } from './golden-outside.js';
import { GoldenRun, IMEI } from './golden-run.js';
import type { AtWelcome } from './golden-welcome.js';
import { Recording } from './recording.js';

const TABLET = { viewport: { width: 834, height: 1112 } };

/** Tells a part of the story. */
export type Chapter = (sentence: string, deed: () => Promise<void>) => void;

/** Where the golden story happens, and everybody in it; there once it has begun. */
export class GoldenScene {
  run!: GoldenRun;
  browser!: Browser;
  folder!: string;
  film?: Recording;
  /** The tablet on the counter. */
  page!: Page;
  marta!: AtWelcome;
  hers!: AtHers;
  counter!: AtCounter;
  custody!: AtCustody;
  maker!: Manufacturer;
  readonly facts = factsOf(() => this.run);

  /** @param way by which the manufacturer is spoken with */
  constructor(
    readonly way: string,
    readonly meet: Meet,
  ) {}

  async begin(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'hilo-golden-'));
    this.run = await GoldenRun.begin();
    this.browser = await openBrowser(cameraArgs(await filmOf(this.folder, [{ text: IMEI, format: 'Code128' }])));
    this.page = await (await openContext(this.browser, TABLET)).newPage();
    this.hers = await AtHers.begin(this.run, this.browser, this.way);
    [this.counter, this.custody] = [new AtCounter(this.page), new AtCustody(this.page)];
    await this.run.agreeWith(this.meet.partner(this.run));
    this.film = await Recording.of(this.page, `golden-${this.way}`);
  }

  async end(): Promise<void> {
    if (this.film) {
      const { path, bytes, frames } = await this.film.stop();
      process.stdout.write(`recorded: ${path}, ${frames} pictures, ${Math.round(bytes / 1024)} kB\n`);
    }
    await this.browser?.close();
    await this.run?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Every page that is open, where it broke off. */
  async brokeOff(): Promise<void> {
    const open = this.browser.contexts().flatMap((context) => context.pages());
    await Promise.all(open.map((each, place) => screenshot(each, `golden-${this.way}-broke-off-${place}`)));
  }

  panel = (name: string | RegExp) => this.page.getByRole('region', { name });
  dialog = () => this.page.locator('[data-modal-content]');
  gift = (words: string) => this.panel(/^Compensación/u).locator('li', { hasText: words });

  /** Her case on the tablet, with all that is known of her beside it. */
  async herCase(): Promise<void> {
    await this.page.goto(`${this.run.world.url}/cases/${this.run.reference}`);
    await this.page.getByRole('button', { name: 'Ficha del cliente' }).click();
    await this.panel('Reparación').waitFor();
  }
}
