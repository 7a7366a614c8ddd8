import type { HandoffMode, HandoffWord, PartnerQuote } from '#contracts';
import {
  readHandoff,
  type AgreedTimes,
  type HandoffRounds,
  type Handoffs,
  type LegPlans,
  type Legs,
  type PartnerDoor,
} from '#handoffs';
import type { Principal } from '#identity';
import type { DemoClock, Scene } from './scene.js';

/** What plays the work other companies have in the demo. */
export interface HandoffHands {
  handoffs: Handoffs;
  door: PartnerDoor;
  rounds: HandoffRounds;
  times: AgreedTimes;
  plans: LegPlans;
  legs: Legs;
}

interface Work {
  caseId: string;
  partner: string;
  mode: HandoffMode;
  ask: string;
  form?: Record<string, string | boolean>;
  deviceId?: string;
  repairId?: string;
}

const HOUR_MS = 3_600_000;

/** One piece of work with another company, each word at the hour before now it was said. */
export class Entrusted {
  private constructor(
    private readonly scene: Scene,
    private readonly hands: HandoffHands,
    private readonly clock: DemoClock,
    private readonly of: { now: Date; me: Principal; id: string; partner: Partner; work: Work },
  ) {}

  /** Written down and sent; it reached them at once. */
  static async give(
    scene: Scene,
    hands: HandoffHands,
    clock: DemoClock,
    { now, me, hours, ...work }: Work & { now: Date; me: Principal; hours: number },
  ): Promise<Entrusted> {
    const { tx } = scene;
    clock.at = new Date(now.getTime() - hours * HOUR_MS);
    const [partner]: Partner[] = await tx.query('select id, name, gateway from partner where name = $1', [
      work.partner,
    ]);
    if (!partner) throw new Error(`nobody called ${work.partner} works with the carrier of the demo`);
    const { caseId, mode, ask, form = {}, deviceId = null, repairId = null } = work;
    const body = { partnerId: partner.id, mode, ask, form, deviceId, repairId, attachmentIds: [] };
    const id = await hands.handoffs.draft(tx, me, caseId, body);
    await hands.handoffs.send(tx, me, id);
    await hands.times.arrived(tx, await readHandoff(tx, id), clock.at);
    return new Entrusted(scene, hands, clock, { now, me, id, partner, work });
  }

  get id(): string {
    return this.of.id;
  }

  /** They say something. @returns the line of the log */
  async hear(hours: number, word: HandoffWord, name?: string): Promise<string> {
    const { id, partner } = this.of;
    const at = this.at(hours).toISOString();
    const { entryId } = await this.hands.door.take(
      this.scene.tx,
      { handoffId: id, partnerId: partner.id, via: partner.gateway },
      { word, at, externalRef: `${word.kind} ${at}`, attachmentIds: [], ...(name && { by: { name } }) },
    );
    return entryId;
  }

  /** We say something. */
  say(hours: number, word: HandoffWord): Promise<void> {
    this.at(hours);
    return this.hands.handoffs.say(this.scene.tx, this.of.me, this.of.id, word);
  }

  /** Nobody answered: the next person of theirs was written to. */
  nudge(hours: number): Promise<void> {
    this.at(hours);
    return this.hands.rounds.nudge(this.scene.tx, this.of.id);
  }

  /** The way to them is written down, with its label; a courier takes it. @returns the way */
  async label(hours: number, store: string, courier: string | null = null): Promise<string> {
    const { me, id, partner, work } = this.of;
    this.at(hours);
    const { legId } = await this.hands.plans.plan(this.scene.tx, me, {
      ...{ caseId: work.caseId, deviceId: work.deviceId ?? '', handoffId: id },
      from: { kind: 'store', id: this.scene.stores.get(store) ?? '', name: store },
      to: { kind: 'partner', id: partner.id, name: partner.name },
      courier: courier === null ? null : { kind: 'courier', id: null, name: courier },
    });
    return legId;
  }

  /** The label is scanned as it leaves. */
  async leaves(hours: number, legId: string): Promise<void> {
    this.at(hours);
    await this.hands.legs.pickUp(this.scene.tx, this.of.me, legId, { code: await this.code(legId) });
  }

  /** What they sent back is scanned as it is there again. */
  async isBack(hours: number): Promise<void> {
    const { tx } = this.scene;
    const [way]: { id: string }[] = await tx.query(
      `select id from custody_leg where handoff_id = $1 and state = 'under_way' and to_kind = 'store'`,
      [this.of.id],
    );
    if (!way) return;
    this.at(hours);
    await this.hands.legs.arrive(tx, this.of.me, way.id, { code: await this.code(way.id) });
  }

  /** All of this was long told, the customer of it, too: nobody is told again. */
  async isTold(): Promise<void> {
    const { tx } = this.scene;
    await tx.query(
      `update handoff_delivery set state = 'sent', attempts = 1, sent_at = due_at, due_at = null where handoff_id = $1`,
      [this.of.id],
    );
    await this.customerKnows();
  }

  /** The message that says who has it has left. */
  async customerKnows(): Promise<void> {
    const { tx } = this.scene;
    await tx.query(
      `update delivery set state = 'sent', attempts = 1, claimed_attempt = 1, sent_at = due_at
       where interaction_id = (select told_by from handoff where id = $1)`,
      [this.of.id],
    );
    await tx.query('update handoff set told_at = accepted_at where id = $1 and told_by is not null', [this.of.id]);
  }

  private async code(legId: string): Promise<string> {
    const [leg]: { code: string }[] = await this.scene.tx.query('select code from custody_leg where id = $1', [legId]);
    return leg?.code ?? '';
  }

  private at(hours: number): Date {
    return (this.clock.at = new Date(this.of.now.getTime() - hours * HOUR_MS));
  }
}

interface Partner {
  id: string;
  name: string;
  gateway: 'tmf621' | 'email' | 'desk';
}

/** What Orbe asks for Lucía's phone: half of its list, by agreement. */
export const ORBE_QUOTE: PartnerQuote = {
  ...{ currency: 'EUR', agreement: 'Convenio Nexo–Orbe 2026-14' },
  lines: [
    { description: 'Placa base Auriga One', kind: 'part', quantity: 1, listCents: 31_000, priceCents: 14_500 },
    { description: 'Mano de obra', kind: 'labour', quantity: 1, listCents: 9000, priceCents: 5500 },
  ],
  cover: { months: 6, what: 'La placa y la mano de obra, con recogida en tienda' },
};
