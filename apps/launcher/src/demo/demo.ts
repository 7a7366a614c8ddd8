import { DataSource, type EntityManager } from 'typeorm';
import {
  ArrivalService,
  CaseLinks,
  type CaseRecord,
  CaseService,
  CustomerImports,
  FactService,
  HandoverService,
  ImpactService,
  IntakeService,
  lockCase,
  NextActions,
  NoteService,
  ProblemService,
  PromiseService,
  record,
  ReplyService,
  StoreFactsService,
  SYSTEM,
  WarmRedirectService,
} from '#cases';
import type { InboundInteraction, ReplyChannel } from '#contracts';
import { PeopleService, type Principal } from '#identity';
import { newId, type Clock, type Config } from '#platform';
import { CalendarDays, CalendarService } from '#sla';
import { BRIEF_STORIES } from './arrivals.js';
import { keepCalendars } from './calendars.js';
import { importCards } from './cards.js';
import { DEMO_PASSWORD, PEOPLE, STORES, type AgentKey } from './carrier.js';
import { addCustomer } from './customers.js';
import { openStores, playHands } from './hands.js';
import { LUCIA } from './lucia.js';
import { openRooms } from './rooms.js';
import { STORIES, type Step, type Story } from './script.js';
import { playStrangers } from './strangers.js';
import { tellStory, type StoryStep } from './story.js';

/** Told where time stands, so that the day is written as it would have happened. */
class DemoClock implements Clock {
  at = new Date();
  now(): Date {
    return this.at;
  }
}

interface Scene {
  tx: EntityManager;
  people: Map<AgentKey, Principal>;
  stores: Map<string, string>;
}

/**
 * Writes a believable carrier's day through the product's own services: the same road as real arrivals, at past times.
 * @returns false when the database already holds cases; then nothing is touched
 */
export async function writeDemoDay(config: Config, now = new Date()): Promise<boolean> {
  const clock = new DemoClock();
  const app = await openRooms(config, clock);
  try {
    return await app.get(DataSource).transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(4846)');
      const [{ exists }]: [{ exists: boolean }] = await tx.query('select exists (select from cases)');
      if (exists) return false;
      const scene = await castAndStores(tx, app.get(PeopleService));
      await openStores(scene, app.get(StoreFactsService), now);
      const keepers = { calendars: app.get(CalendarService), days: app.get(CalendarDays) };
      await keepCalendars(tx, keepers, person(scene, 'carlos'), scene.stores, now);
      const services = {
        intake: app.get(IntakeService),
        arrivals: app.get(ArrivalService),
        replies: app.get(ReplyService),
        notes: app.get(NoteService),
        cases: app.get(CaseService),
        facts: app.get(FactService),
        problems: app.get(ProblemService),
        impacts: app.get(ImpactService),
        promises: app.get(PromiseService),
        links: app.get(CaseLinks),
      };
      const stage = new Stage(services, clock, config);
      for (const story of [LUCIA, ...STORIES, ...BRIEF_STORIES]) await stage.play(scene, story, now);
      await playStrangers(tx, { intake: services.intake, config, tell: (at) => (clock.at = at) }, now);
      const hands = {
        facts: app.get(StoreFactsService),
        handovers: app.get(HandoverService),
        plans: app.get(NextActions),
        redirects: app.get(WarmRedirectService),
      };
      clock.at = new Date(now.getTime() - 60_000);
      await importCards(tx, app.get(CustomerImports), person(scene, 'elena'), now);
      await playHands(scene, hands, now);
      return true;
    });
  } finally {
    await app.close();
  }
}

async function castAndStores(tx: EntityManager, people: PeopleService): Promise<Scene> {
  const stores = new Map<string, string>();
  for (const store of STORES) stores.set(store.code, await people.addStore(tx, store));
  const principals = new Map<AgentKey, Principal>();
  for (const [key, person] of Object.entries(PEOPLE) as [AgentKey, (typeof PEOPLE)[AgentKey]][]) {
    const storeId = person.store ? stores.get(person.store) : undefined;
    const id = await people.add(tx, { ...person, password: DEMO_PASSWORD, storeId });
    principals.set(key, {
      id,
      email: person.email,
      displayName: person.displayName,
      role: person.role,
      storeId: storeId ?? null,
      language: 'es',
    });
  }
  return { tx, people: principals, stores };
}

/** Plays the steps of a story in order. */
class Stage {
  /** The moment the day is written. */
  private began = new Date();

  constructor(
    private readonly services: {
      intake: IntakeService;
      arrivals: ArrivalService;
      replies: ReplyService;
      notes: NoteService;
      cases: CaseService;
      facts: FactService;
      problems: ProblemService;
      impacts: ImpactService;
      promises: PromiseService;
      links: CaseLinks;
    },
    private readonly clock: DemoClock,
    private readonly config: Config,
  ) {}

  async play(scene: Scene, story: Story, now: Date): Promise<void> {
    this.began = now;
    const customerId = await addCustomer(scene.tx, story.customer, new Date(now.getTime() - 400 * 86_400_000));
    let caseId: string | null = null;
    for (const step of story.steps) {
      this.clock.at = new Date(now.getTime() - step.ago * 60_000);
      const opened = await this.step(scene, story, customerId, caseId, step);
      if (opened && !caseId)
        await scene.tx.query(
          'with put as (update problem set statement = $2 where case_id = $1) update cases set problem = $2 where id = $1',
          [opened, story.problem],
        );
      caseId ??= opened;
    }
  }

  private async step(
    scene: Scene,
    story: Story,
    customerId: string,
    caseId: string | null,
    step: Step,
  ): Promise<string | null> {
    switch (step.do) {
      case 'dm':
      case 'mail':
        return this.receive(scene, story, step);
      case 'visit':
        return (
          await this.services.arrivals.visit(scene.tx, person(scene, step.by), {
            storeId: scene.stores.get(step.store) ?? '',
            customerId,
            text: step.text,
            lacks: step.lacks,
            device: { imei: step.imei, model: step.model },
          })
        ).caseId;
      case 'call':
        return (
          await this.services.arrivals.call(scene.tx, person(scene, step.by), {
            phone: story.customer.phone ?? '',
            customerId,
            direction: step.outcome === 'answered' ? 'inbound' : 'outbound',
            outcome: step.outcome,
            text: step.text,
            lacks: step.lacks,
          })
        ).caseId;
      case 'fact':
      case 'agreed':
      case 'impact':
      case 'promise':
        if (caseId) await tellStory(scene.tx, this.services, person(scene, step.by), caseId, step, this.began);
        return null;
      default:
        if (caseId) await this.act(scene, caseId, step);
        return null;
    }
  }

  private async receive(
    scene: Scene,
    { customer }: Story,
    step: Extract<Step, { do: 'dm' | 'mail' }>,
  ): Promise<string | null> {
    const shared = {
      displayName: customer.name,
      text: step.text,
      occurredAt: this.clock.now().toISOString(),
      lacks: step.lacks ?? [],
    };
    const message: InboundInteraction =
      step.do === 'dm'
        ? {
            ...shared,
            channel: 'twitter',
            externalId: `demo-${newId()}`,
            contact: {
              kind: 'twitter',
              value: customer.twitterId ?? '',
              handle: customer.handle ?? null,
              display: `@${customer.handle}`,
            },
            account: this.config.twitter?.userId ?? null,
          }
        : {
            ...shared,
            channel: 'email',
            externalId: `demo-${newId()}`,
            messageId: `<${newId()}@correo.test>`,
            subject: step.subject,
            contact: { kind: 'email', value: customer.email ?? '', handle: null, display: customer.email ?? '' },
            account: this.config.mail.address,
          };
    const [arrival] = await this.services.intake.receive(scene.tx, [message]);
    return arrival?.caseId ?? null;
  }

  private async act(
    scene: Scene,
    caseId: string,
    step: Exclude<Step, { do: 'dm' | 'mail' | 'visit' | 'call' } | StoryStep>,
  ): Promise<void> {
    const { tx } = scene;
    const me = person(scene, step.by);
    const found = await lockCase(tx, me, caseId);
    switch (step.do) {
      case 'reply':
        return this.reply(tx, me, found, step);
      case 'link': {
        const [point]: { id: string }[] = await tx.query(
          `select id from contact_point where customer_id = $1 and kind = 'twitter'`,
          [found.customerId],
        );
        const { url } = await this.services.links.issueBy(tx, me, caseId, point?.id);
        return this.reply(tx, me, found, { channel: 'twitter', text: `${step.text} ${url}` });
      }
      case 'note':
        await this.services.notes.add(tx, me, caseId, { text: step.text, audience: 'internal' });
        return;
      case 'take':
        await this.services.cases.change(tx, me, caseId, { assigneeId: me.id, version: found.version });
        return;
      case 'move':
        await this.services.cases.change(tx, me, caseId, {
          status: step.to,
          waitReason: step.waitReason,
          version: found.version,
        });
        return;
      case 'read':
        await this.services.cases.markRead(tx, me, caseId);
        return;
    }
  }

  /** What was answered, and has long left. */
  private async reply(
    tx: EntityManager,
    me: Principal,
    found: CaseRecord,
    body: { channel: ReplyChannel; text: string },
  ): Promise<void> {
    const id = await this.services.replies.reply(tx, me, found, { channel: body.channel, text: body.text });
    await tx.query(
      `update delivery set state = 'sent', attempts = 1, claimed_attempt = 1, sent_at = due_at where interaction_id = $1`,
      [id],
    );
    // What the clocks of the case read: it was answered then.
    await record(tx, found.id, SYSTEM, 'demo', this.clock.at, [
      { type: 'interaction.sent', data: { interactionId: id, channel: body.channel } },
    ]);
  }
}

function person(scene: Scene, key: AgentKey): Principal {
  const found = scene.people.get(key);
  if (!found) throw new Error(`nobody called ${key} in the demo`);
  return found;
}
