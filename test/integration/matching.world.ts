import {
  CaseLinks,
  ContactPoints,
  identifierOf,
  lockCase,
  MatchingService,
  MatchSuggestJob,
  OneTimeCodes,
  openCode,
  SuggestionService,
  SYSTEM,
} from '#cases';
import type { InboundInteraction, IdentifierKind } from '#contracts';
import { Secrets, withRetry } from '#platform';
import { SuggestionView } from '#views';
import { arrive, dm, mail, readerOf } from '../factories/rooms.js';
import { openMerges } from './merge.world.js';

export const IMEIS = ['356938035643809', '490154203237518', '352099001761481', '013194007912344'] as const;

/** The rooms, with somebody we know and strangers who write; the job runs when told to. */
export async function openMatching() {
  const world = await openMerges();
  const { rooms, query, one, agent } = world;
  const job = rooms.get(MatchSuggestJob);
  const suggestions = rooms.get(SuggestionService);

  let serial = 0;
  const number = () => (serial += 1);
  const aName = () => {
    const letters = [...String(number()).padStart(3, '0')].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('');
    return `Lucía F${letters}rrer`;
  };
  const aPhone = () => `+346133${String(number()).padStart(5, '0')}`;

  /** Gives a customer something by which they are known. */
  const knownBy = (customerId: string, kind: IdentifierKind, value: string, shared = false) =>
    withRetry(rooms.database, (tx) => {
      const identifier = identifierOf(kind, value);
      if (!identifier) throw new Error(`${value} is no ${kind}`);
      return rooms.get(ContactPoints).grant(tx, SYSTEM, { customerId, identifier, source: 'staff', shared });
    });
  /** Somebody one of us has spoken with: their case, its reference, their name. */
  async function aKnown(displayName = aName()) {
    const visit = await world.visit({ customer: { displayName, phone: aPhone() } });
    const { reference } = await one('select reference from cases where id = $1', visit.caseId);
    return { ...visit, displayName, reference: String(reference) };
  }
  /** What the relay would hand over for this case. */
  const eventsOf = async (caseId: string) =>
    query(
      `select id, seq::text, case_id as "caseId", case_version as "caseVersion", type, data, iso(at) as at, correlation_id as "correlationId"
       from case_event where case_id = $1 and type = 'interaction.received' order by seq desc limit 1`,
      caseId,
    );
  const look = async (caseId: string) => job.run({ events: (await eventsOf(caseId)) as never, correlationId: null });
  /** A stranger writes, and the job looks. */
  async function stranger(text: string, more: Partial<InboundInteraction> = {}, looks = true) {
    const arrival = await arrive(rooms, dm(String(920_000 + number()), { text, occurredAt: world.later(), ...more }));
    if (looks) await look(arrival.caseId);
    return arrival;
  }
  const strangerByMail = async (address: string, text: string, displayName = 'Alguien') => {
    const arrival = await arrive(rooms, mail(address, { text, displayName, occurredAt: world.later() }));
    await look(arrival.caseId);
    return arrival;
  };
  const between = (a: string, b: string) =>
    query(
      `select * from match_suggestion where (newcomer_id = $1 and known_id = $2) or (newcomer_id = $2 and known_id = $1)`,
      a,
      b,
    );
  const nowIs = async (customerId: string) => String((await one('select living_customer($1) as id', customerId))['id']);
  const told = (caseId: string, by = agent) => rooms.get(SuggestionView).ofCase(readerOf(by), caseId);
  const confirm = (id: unknown, by = agent) =>
    withRetry(rooms.database, (tx) => suggestions.confirm(tx, by, String(id)), 50);
  const dismiss = (id: unknown, by = agent) =>
    withRetry(rooms.database, (tx) => suggestions.dismiss(tx, by, String(id), 'Es su hermana'), 50);
  const reopen = (id: unknown, by = agent) =>
    withRetry(rooms.database, (tx) => suggestions.reopen(tx, by, String(id)), 50);
  const settle = (newcomerId: string, knownId: string) =>
    withRetry(rooms.database, (tx) => rooms.get(MatchingService).settle(tx, { newcomerId, knownId }), 50);
  /** The code somebody reads in the message that goes to an address of theirs. */
  const codeFor = async (caseId: string, contactPointId: string) => {
    const id = await withRetry(rooms.database, async (tx) =>
      rooms.get(OneTimeCodes).send(tx, agent, await lockCase(tx, agent, caseId), contactPointId),
    );
    return openCode(
      rooms.get(Secrets),
      String((await one('select sealed from one_time_code where id = $1', id))['sealed']),
    );
  };
  const linkTo = (caseId: string) =>
    withRetry(rooms.database, (tx) => rooms.get(CaseLinks).issueBy(tx, agent, caseId)).then(({ url }) => url);
  return {
    ...world,
    number,
    aName,
    aPhone,
    knownBy,
    aKnown,
    look,
    stranger,
    strangerByMail,
    between,
    nowIs,
    told,
    confirm,
    dismiss,
    reopen,
    settle,
    codeFor,
    linkTo,
  };
}
export type Matching = Awaited<ReturnType<typeof openMatching>>;
