import {
  NewHandoffBody,
  type CaseHandoff,
  type HandoffWord,
  type PartnerBody,
  type PartnerMessage,
  type ShareField,
} from '#contracts';
import {
  Deliveries,
  Gateways,
  HandoffRounds,
  Handoffs,
  PartnerDoor,
  Partners,
  SENT,
  type Handed,
  type Parcel,
} from '#handoffs';
import type { Principal } from '#identity';
import { HandoffView } from '#views';
import { aPerson, readerOf } from '../factories/rooms.js';
import { partnerBody, sharing } from './partners.world.js';
import { openRepairs, type RepairWorld } from './repair.world.js';

/** Handoffs with a partner at the other end of a wire: what reaches it is kept, and it answers as it is told to. */
export interface HandoffWorld extends RepairWorld {
  admin: Principal;
  supervisor: Principal;
  /** What reached partners, oldest first. */
  reached: Parcel[];
  /** How they answer from now on. */
  answers: (how: (parcel: Parcel) => Handed | Promise<Handed>) => void;
  partner: (body?: Partial<PartnerBody>) => Promise<string>;
  draft: (
    of: { caseId: string; repairId?: string },
    partnerId: string,
    more?: Partial<NewHandoffBody>,
  ) => Promise<string>;
  /** Drafted and sent. */
  given: (
    of: { caseId: string; repairId?: string },
    partnerId: string,
    more?: Partial<NewHandoffBody>,
  ) => Promise<string>;
  say: (handoffId: string, word: HandoffWord, by?: Principal) => Promise<void>;
  hear: (handoffId: string, word: HandoffWord, more?: Partial<PartnerMessage>) => Promise<{ applied: boolean }>;
  handoff: (handoffId: string) => Promise<CaseHandoff>;
  deliver: () => Promise<void>;
  desk: { handoffs: Handoffs; door: PartnerDoor; rounds: HandoffRounds; partners: Partners; deliveries: Deliveries };
}

let serial = 0;

export async function openHandoffs(): Promise<HandoffWorld> {
  const world = await openRepairs();
  const { rooms, agent } = world;
  const { database, clock } = rooms;
  const [admin, supervisor] = [await aPerson(rooms, 'admin'), await aPerson(rooms, 'supervisor')];
  const reached: Parcel[] = [];
  let answer: (parcel: Parcel) => Handed | Promise<Handed> = () => SENT;
  rooms.get(Gateways).register({
    kind: 'email',
    deliver: async (parcel) => {
      reached.push(parcel);
      return answer(parcel);
    },
  });
  const desk = {
    handoffs: rooms.get(Handoffs),
    door: rooms.get(PartnerDoor),
    rounds: rooms.get(HandoffRounds),
    partners: rooms.get(Partners),
    deliveries: rooms.get(Deliveries),
  };
  const handoff = (id: string) => rooms.get(HandoffView).one(database.manager, readerOf(admin), id);
  const draft: HandoffWorld['draft'] = (of, partnerId, more) =>
    database.transaction((tx) =>
      desk.handoffs.draft(
        tx,
        agent,
        of.caseId,
        NewHandoffBody.parse({
          partnerId,
          mode: 'custody',
          repairId: of.repairId,
          ask: 'No enciende: revisar la placa.',
          ...more,
        }),
      ),
    );
  return {
    ...world,
    ...{ admin, supervisor, reached, desk, handoff, draft },
    answers: (how) => {
      answer = how;
    },
    partner: async (body = {}) => {
      const share = ['device.model', 'device.imei', 'problem.statement'] satisfies ShareField[];
      const partner = partnerBody({ ...body, terms: { ...{ share: sharing(...share) }, ...body.terms } });
      return database.transaction((tx) => desk.partners.create(tx, admin, partner));
    },
    given: async (of, partnerId, more) => {
      const id = await draft(of, partnerId, more);
      await database.transaction((tx) => desk.handoffs.send(tx, agent, id));
      return id;
    },
    say: (id, word, by = agent) => database.transaction((tx) => desk.handoffs.say(tx, by, id, word)),
    hear: async (id, word, more = {}) => {
      const { partner } = await handoff(id);
      const message = {
        word,
        externalRef: `m${(serial += 1)}`,
        at: clock.now().toISOString(),
        attachmentIds: [],
        ...more,
      };
      return database.transaction((tx) =>
        desk.door.take(tx, { handoffId: id, partnerId: partner.id, via: 'email' }, message),
      );
    },
    deliver: async () => {
      while (await desk.deliveries.sendSome());
    },
  };
}
