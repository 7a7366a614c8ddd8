import type { EntityManager } from 'typeorm';
import {
  type ArrivalService,
  type CaseLinks,
  type CaseRecord,
  type CaseService,
  type FactService,
  type ImpactService,
  type IntakeService,
  lockCase,
  type NoteService,
  type ProblemService,
  type PromiseService,
  record,
  type ReplyService,
  SYSTEM,
} from '#cases';
import type { InboundInteraction, ReplyChannel } from '#contracts';
import type { Principal } from '#identity';
import { newId, type Config } from '#platform';
import { addCustomer } from './customers.js';
import { person, type DemoClock, type Scene } from './scene.js';
import type { Step, Story } from './script.js';
import { tellStory, type StoryStep } from './story.js';

interface StageServices {
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
}

/** Plays the steps of a story in order. */
export class Stage {
  /** The moment the day is written. */
  private began = new Date();

  constructor(
    private readonly services: StageServices,
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
