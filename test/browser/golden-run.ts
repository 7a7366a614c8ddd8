import type { Page } from 'playwright-core';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type BenefitKind, CaseCodeAnswer, LoanerModelList, LoanerPage, type PartnerBody } from '#contracts';
import { Accruals, RuleProposals } from '#goodwill';
import type { Dm, Person } from '../e2e/outside.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { partnerBody, sharing } from '../integration/partners.world.js';
import { signInOn } from '../support/browser.js';
import { freePort } from '../support/ports.js';
import { waitFor } from '../support/wait.js';

const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
export const NAME = 'Begoña Ruiz Salas';
/** Of her phone; its TAC is known. */
export const IMEI = '356938035643809';
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
  /** What the QR of her case says. */
  code = '';

  private constructor(
    readonly world: World,
    person: Person,
  ) {
    this.person = person;
  }

  /** Chapters 1 and 2: she writes, an agent has a phone kept for her at the store. */
  static async begin(): Promise<GoldenRun> {
    const port = await freePort();
    const world = await startWorld({
      environment: {
        HILO_BENEFITS_URL: `http://127.0.0.1:${port}/benefits`,
        HILO_BENEFITS_SECRET: 'sandbox-benefits-secret',
      },
      sandbox: { port },
    });
    world.clock.advance(morning(world.clock.now()).getTime() - world.clock.now().getTime());
    await world.database.query('update store set hours = $1, lat = 40.4247, lon = -3.6791', [ALWAYS]);
    const run = new GoldenRun(world, await world.outside.newcomer(NAME));
    try {
      await run.stock();
      await run.writes();
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

  private async writes(): Promise<void> {
    const { world, person } = this;
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil y no puedo llamar a nadie.');
    const agent = await this.as('agent');
    const row = await waitFor(async () => (await agent.cases(`q=${person.handle}`))[0]);
    [this.caseId, this.reference] = [row.id, row.reference];
    await world.database.query(`update customer set tier = 'gold' where id = $1`, [row.customer.id]);
    await world.database.query(
      `insert into customer_account (id, customer_id, source, number, data, as_of, created_at, updated_at)
       values (new_id(), $1, 'crm', 'NX-1', $2, $3, $3, $3)`,
      [
        row.customer.id,
        JSON.stringify({ valueShortCents: FEE_CENTS, currency: 'EUR', plan: 'Móvil' }),
        world.clock.now(),
      ],
    );
    for (const kind of ['calls', 'data', 'apps']) await this.post('agent', `/cases/${row.id}/impacts`, { kind });
    world.clock.advance(20 * MINUTE_MS);
    const { problems } = await agent.case(row.id);
    const agreed = { stage: 'understood', agreement: { how: 'message' } };
    await agent.done(`/cases/${row.id}/problems/${problems[0]?.id}`, z.unknown(), { method: 'PATCH', body: agreed });
    const { items } = await (await this.as('supervisor')).done(`/loaners?storeId=${world.stores.goya}`, LoanerPage);
    const loanerId = items.find(({ label }) => label === 'P-0142')?.id;
    const order = { outcome: 'accepted', storeId: world.stores.goya, loanerId };
    await this.post('agent', `/cases/${row.id}/loan-decisions`, order);
    await this.post('agent', `/cases/${row.id}/warm-redirects`, { storeId: world.stores.goya, channel: 'twitter' });
    await this.told(/Nexo Goya, Calle/u);
    this.code = (await agent.done(`/cases/${row.id}/code`, CaseCodeAnswer)).url;
  }

  /** Time passes, and nobody was away for so long. */
  private async pass(milliseconds: number): Promise<void> {
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

  /** The next morning, or one after it, a little earlier each time: on the tablet somebody signs in again. */
  async morningAt(page: Page, days: number): Promise<void> {
    // Put away signed out: what the page still asks for while time leaps would keep its session alive.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await this.later(days * DAY_MS - 10 * MINUTE_MS);
    await page.clock.setSystemTime(this.world.clock.now());
    await signInOn(page, this.world.url, 'store@hilo.test');
  }

  /** Ten in the morning so many days from now, as one types it into a field of a form. */
  day(from: number): string {
    return `${new Date(this.world.clock.now().getTime() + from * DAY_MS).toISOString().slice(0, 10)}T10:00`;
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

  /** She phones; nobody asks her anything again. */
  async calls(): Promise<void> {
    await this.post('agent', '/calls', {
      ...{ phone: '+34612407700', direction: 'inbound', outcome: 'answered', text: '¿Cómo va lo mío?' },
      caseReference: this.reference,
    });
  }

  /** By a courier, from the shop to the manufacturer: each hand is signed for or scanned. */
  sendsAway(): Promise<void> {
    return this.ships('store', 'partner');
  }

  comesBack(): Promise<void> {
    return this.ships('partner', 'store');
  }

  private async ships(from: 'store' | 'partner', to: 'store' | 'partner'): Promise<void> {
    const known = await this.row<Record<'deviceId' | 'handoffId' | 'storeId' | 'storeName' | 'partnerId', string>>(
      `select h.device_id as "deviceId", h.id as "handoffId", s.id as "storeId", s.name as "storeName", h.partner_id as "partnerId"
       from handoff h join store s on s.id = h.store_id where h.case_id = $1`,
    );
    const hands = {
      store: { kind: 'store', id: known.storeId, name: known.storeName },
      partner: { kind: 'partner', id: known.partnerId, name: 'Orbe' },
    };
    const { deviceId, handoffId } = known;
    const courier = { kind: 'courier', id: null, name: 'Rayo' };
    const body = { deviceId, handoffId, from: hands[from], to: hands[to], courier, trackingNumber: 'RY-1' };
    await this.post('store', `/cases/${this.caseId}/legs`, body);
    const leg = await this.row<{ id: string; code: string }>(
      'select id, code from custody_leg where case_id = $1 order by place desc limit 1',
    );
    for (const deed of ['pick-up', 'arrive']) await this.post('store', `/legs/${leg.id}/${deed}`, { code: leg.code });
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
