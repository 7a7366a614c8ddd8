import type { Browser, Page } from 'playwright-core';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type BenefitKind, LoanerModelList, type PartnerBody } from '#contracts';
import { Accruals, RuleProposals } from '#goodwill';
import type { Dm, Person } from '../e2e/outside.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { partnerBody, sharing } from '../integration/partners.world.js';
import { joinedLive, openContext, signInOn } from '../support/browser.js';
import { freePort } from '../support/ports.js';
import { waitFor } from '../support/wait.js';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
export const NAME = 'Begoña Ruiz Salas';
/** Of her phone; its TAC is known. */
export const IMEI = '356938035643809';
/** Hers, at the carrier. */
const LINE = '+34612407700';
export const COURIER = 'Rayo';
const FEE_CENTS = 3000;
const OPEN = [{ from: '00:00', to: '24:00' }];
const ALWAYS = {
  weekly: { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN, sat: OPEN, sun: OPEN },
  exceptions: [],
};

/** The second of next month at nine: what is counted by days falls into one month, whenever this is run. */
const morning = (now: Date): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 2, 9));

/** Begoña, her case, and everybody who has a part in it. */
export class GoldenRun {
  readonly person: Person;
  caseId = '';
  reference = '';

  private constructor(
    readonly world: World,
    person: Person,
  ) {
    this.person = person;
  }

  /** The morning before it begins: a store with phones to lend, and nobody knows anything of hers. */
  static async begin(): Promise<GoldenRun> {
    const port = await freePort();
    const world = await startWorld({
      environment: {
        HILO_BENEFITS_URL: `http://127.0.0.1:${port}/benefits`,
        HILO_BENEFITS_SECRET: 'sandbox-benefits-secret',
      },
      sandbox: { port },
    });
    await world.database.query('update store set hours = $1', [ALWAYS]);
    await world.database.query(`update store set lat = 40.4247, lon = -3.6791 where code = 'goya'`);
    const run = new GoldenRun(world, await world.outside.newcomer(NAME, LINE));
    try {
      await run.pass(morning(world.clock.now()).getTime() - world.clock.now().getTime());
      await run.stock();
      return run;
    } catch (failure) {
      await world.stop();
      throw failure;
    }
  }

  stop(): Promise<void> {
    return this.world.stop();
  }

  /** Sessions end overnight: whoever asks has just signed in. */
  private readonly as = (who: string): Promise<Staff> => this.world.login(`${who}@hilo.test`);
  private async post(who: string, path: string, body: unknown): Promise<unknown> {
    return (await this.as(who)).done(path, z.unknown(), { method: 'POST', body });
  }

  private async stock(): Promise<void> {
    const tacs = [IMEI.slice(0, 8)];
    await this.post('admin', '/device-models', { brand: 'Auriga', name: 'One', os: 'android', sim: ['nano'], tacs });
    const lite = { brand: 'Auriga', name: 'Lite', os: 'android', sims: ['nano', 'esim'] };
    const { items } = LoanerModelList.parse(await this.post('supervisor', '/loaner-models', lite));
    for (const label of ['P-0142', 'P-0097'])
      await this.post('supervisor', '/loaners', { storeId: this.world.stores.goya, modelId: items[0]?.id, label });
  }

  /** Her case is the only one there; the carrier has known her for years: what she pays, where she lives, her number. */
  async isKnown(): Promise<void> {
    const { clock, database } = this.world;
    const [row] = await database.query<{ id: string; reference: string; customerId: string }>(
      'select id, reference, customer_id as "customerId" from cases',
    );
    if (!row) throw new Error('there is no case');
    [this.caseId, this.reference] = [row.id, row.reference];
    await database.query(`update customer set tier = 'gold', city = 'Madrid', postcode = '28001' where id = $1`, [
      row.customerId,
    ]);
    await database.query(
      `with known as (insert into contact_point (id, customer_id, kind, value, display, source, created_at)
         values (new_id(), $1, 'phone', $4, '612 40 77 00', 'import', $3))
       insert into customer_account (id, customer_id, source, number, data, as_of, created_at, updated_at)
       values (new_id(), $1, 'crm', 'NX-1', $2, $3, $3, $3)`,
      [
        row.customerId,
        JSON.stringify({ valueShortCents: FEE_CENTS, currency: 'EUR', plan: 'Móvil' }),
        clock.now(),
        LINE,
      ],
    );
  }

  /** Time passes, and nobody was away for so long. */
  async pass(milliseconds: number): Promise<void> {
    const { clock, database } = this.world;
    clock.advance(milliseconds);
    await database.query('update pulse set at = $1', [clock.now()]);
  }

  /** The same, and days that are counted every half minute are counted now. */
  async later(milliseconds: number): Promise<void> {
    await this.pass(milliseconds);
    const { product } = this.world;
    const source = product.app.get(DataSource, { strict: false });
    const days = product.app.get(Accruals, { strict: false });
    while ((await source.transaction((tx) => days.countSome(tx))).more);
  }

  /** A rule proposes it: looked at now, not within twenty seconds; what somebody has in hand is left for the next look. */
  async proposed(kind: BenefitKind): Promise<void> {
    const { app } = this.world.product;
    const [source, rules] = [app.get(DataSource, { strict: false }), app.get(RuleProposals, { strict: false })];
    await waitFor(async () => {
      await source.transaction((tx) => rules.proposeSome(tx));
      const sql = 'select count(*)::int as count from benefit where case_id = $1 and kind = $2 and rule_id is not null';
      return (await this.row<{ count: number }>(sql, kind)).count === 1;
    });
  }

  /** Somebody of ours at the queue, by the clock of the house; whatever happens is told there from now on. */
  async desk(browser: Browser, who: string): Promise<Page> {
    const page = await (await openContext(browser)).newPage();
    await page.clock.setSystemTime(this.world.clock.now());
    const live = joinedLive(page);
    await signInOn(page, this.world.url, `${who}@hilo.test`);
    await live;
    return page;
  }

  /** The next morning, or one after it, a little earlier each time: on the tablet somebody signs in again. */
  async morningAt(page: Page, days: number): Promise<void> {
    // Put away signed out: what the page still asks for while time leaps would keep its session alive.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await this.later(days * DAY_MS - 10 * MINUTE_MS);
    await page.clock.setSystemTime(this.world.clock.now());
    await signInOn(page, this.world.url, 'store@hilo.test');
  }

  /** So many days from now, at ten in the morning unless told, as one types it into a field of a form. */
  day(from: number, at = '10:00'): string {
    return `${new Date(this.world.clock.now().getTime() + from * DAY_MS).toISOString().slice(0, 10)}T${at}`;
  }

  /** The manufacturer, by the way they are spoken with. */
  async agreeWith(body: Partial<z.input<typeof PartnerBody>>): Promise<void> {
    const share = sharing(
      ...(['device.model', 'device.imei', 'device.condition', 'problem.statement', 'impacts', 'story'] as const),
    );
    const terms = { share, agreement: 'Convenio Nexo 2026-14', discountPercent: 50 };
    const partner = partnerBody({
      name: 'Orbe',
      language: 'es',
      timeZone: 'Europe/Madrid',
      terms: terms,
      ...body,
    });
    await this.post('admin', '/partners', partner);
    await this.post('admin', '/partners', partnerBody({ name: COURIER, kind: 'courier', email: 'service@rayo.test' }));
  }

  async handoffId(): Promise<string> {
    return (await this.row<{ id: string }>('select id from handoff where case_id = $1')).id;
  }

  /** How often we have said so to the manufacturer, and it reached them. */
  async said(kind: string): Promise<number> {
    const sql = `select count(*)::int as count from handoff h join handoff_entry e on e.handoff_id = h.id and e.ours and e.kind = $2
      join handoff_delivery d on d.entry_id = e.id and d.state = 'sent' where h.case_id = $1`;
    return (await this.row<{ count: number }>(sql, kind)).count;
  }

  daysOfMonth(): number {
    const now = this.world.clock.now();
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate();
  }

  /** The direct message she has received that says so; all of them were read before. */
  async told(words: RegExp): Promise<string> {
    // A word of ours may be taken back for some seconds, and a day that moves settles for two minutes.
    await this.pass(150_000);
    const dm = await waitFor(
      async () => (await this.world.outside.dmsTo(this.person)).find(({ text }: Dm) => words.test(text)),
      { timeout: 15_000 },
    );
    return dm.text;
  }

  async row<T extends object>(sql: string, ...values: unknown[]): Promise<T> {
    const [row] = await this.world.database.query<T>(sql, [this.caseId, ...values]);
    if (!row) throw new Error(`no row: ${sql}`);
    return row;
  }

  /** What systems beside ours were told of her benefits, each with how often it came. */
  billed(): { type: string; times: number; data: Record<string, unknown> }[] {
    return this.world.sandbox.outside.benefits.all();
  }

  /** How often something has happened to her case. */
  async happened(type: string): Promise<number> {
    const sql = 'select count(*)::int as count from case_event where case_id = $1 and type = $2';
    return (await this.row<{ count: number }>(sql, type)).count;
  }
}
