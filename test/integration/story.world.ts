import {
  ArrivalService,
  CaseService,
  FactService,
  ImpactService,
  ProblemService,
  PromiseService,
  ReExplanationService,
  lockCase,
  ReplyService,
} from '#cases';
import type {
  CaseDetail,
  CorrectFactBody,
  FactBody,
  ImpactKind,
  ImpactState,
  PatchCaseBody,
  PatchProblemBody,
  PatchPromiseBody,
  PromiseBody,
  ReExplanationBody,
} from '#contracts';
import type { Principal } from '#identity';
import { CaseDetailView } from '#views';
import { aPerson, openRooms, readerOf, type Rooms } from '../factories/rooms.js';

type Call = Omit<Parameters<ArrivalService['call']>[2], 'phone'>;
type Visit = Parameters<ArrivalService['visit']>[2];

/** Deeds on the story of cases, each in a transaction of its own. */
export interface StoryWorld {
  rooms: Rooms;
  agent: Principal;
  detail: (caseId: string) => Promise<CaseDetail>;
  events: (
    caseId: string,
    like?: string,
  ) => Promise<{ type: string; data: Record<string, unknown>; actor_name: string }[]>;
  patch: (caseId: string, change: Omit<PatchCaseBody, 'version'>) => Promise<string>;
  problem: (caseId: string, problemId: string, body: PatchProblemBody) => Promise<string>;
  addProblem: (caseId: string, statement: string) => Promise<string>;
  report: (caseId: string, kind: ImpactKind, problemId?: string) => Promise<string>;
  impact: (caseId: string, impactId: string, state: ImpactState) => Promise<string>;
  restoreAll: (caseId: string) => Promise<void>;
  fact: (caseId: string, body: FactBody) => Promise<string>;
  correct: (caseId: string, factId: string, body: CorrectFactBody) => Promise<string>;
  withdraw: (caseId: string, factId: string, reason: string) => Promise<string>;
  promise: (caseId: string, body: PromiseBody) => Promise<string>;
  decide: (caseId: string, promiseId: string, body: PatchPromiseBody) => Promise<string>;
  again: (caseId: string, body: ReExplanationBody) => Promise<string>;
  call: (phone: string, body: Call) => Promise<{ caseId: string; interactionId: string }>;
  visit: (body: Visit) => Promise<{ caseId: string; interactionId: string }>;
}

export async function openStory(environment: NodeJS.ProcessEnv = {}): Promise<StoryWorld> {
  const rooms = await openRooms(environment);
  const agent = await aPerson(rooms);
  const { database } = rooms;
  const detail = async (caseId: string): Promise<CaseDetail> =>
    JSON.parse(await rooms.get(CaseDetailView).find(database.manager, readerOf(agent), caseId)) as CaseDetail;
  const impact = (caseId: string, impactId: string, state: ImpactState) =>
    database.transaction((tx) => rooms.get(ImpactService).move(tx, agent, caseId, impactId, state));
  return {
    rooms,
    agent,
    detail,
    impact,
    events: (caseId, like = '%') =>
      rooms.db.query('select type, data, actor_name from case_event where case_id = $1 and type like $2 order by seq', [
        caseId,
        like,
      ]),
    patch: async (caseId, change) => {
      const { version } = await detail(caseId);
      return database.transaction((tx) => rooms.get(CaseService).change(tx, agent, caseId, { ...change, version }));
    },
    problem: (caseId, problemId, body) =>
      database.transaction((tx) => rooms.get(ProblemService).change(tx, agent, caseId, problemId, body)),
    addProblem: (caseId, statement) =>
      database.transaction((tx) => rooms.get(ProblemService).add(tx, agent, caseId, statement)),
    report: (caseId, kind, problemId) =>
      database.transaction((tx) =>
        rooms.get(ImpactService).report(tx, agent, caseId, { kind, ...(problemId ? { problemId } : {}) }),
      ),
    restoreAll: async (caseId) => {
      for (const { id } of (await detail(caseId)).impacts) await impact(caseId, id, 'restored');
    },
    fact: (caseId, body) => database.transaction((tx) => rooms.get(FactService).write(tx, agent, caseId, body)),
    correct: (caseId, factId, body) =>
      database.transaction((tx) => rooms.get(FactService).correct(tx, agent, caseId, factId, body)),
    withdraw: (caseId, factId, reason) =>
      database.transaction((tx) => rooms.get(FactService).withdraw(tx, agent, caseId, factId, reason)),
    promise: (caseId, body) => database.transaction((tx) => rooms.get(PromiseService).make(tx, agent, caseId, body)),
    decide: (caseId, promiseId, body) =>
      database.transaction((tx) => rooms.get(PromiseService).change(tx, agent, caseId, promiseId, body)),
    again: (caseId, body) => database.transaction((tx) => rooms.get(ReExplanationService).add(tx, agent, caseId, body)),
    call: (phone, body) => database.transaction((tx) => rooms.get(ArrivalService).call(tx, agent, { ...body, phone })),
    visit: (body) => database.transaction((tx) => rooms.get(ArrivalService).visit(tx, agent, body)),
  };
}

/** An answer of the agent, as the channel says it has left. */
export async function answer({ rooms, agent }: StoryWorld, caseId: string, text: string): Promise<void> {
  const id = await rooms.database.transaction(async (tx) =>
    rooms
      .get(ReplyService)
      .reply(tx, agent, await lockCase(tx, agent, caseId), { channel: 'email', text, attachmentIds: [] }),
  );
  await rooms.db.query(
    `with bumped as (update cases set version = version + 1 where id = $1 returning version)
     select record_event($1, version, 'interaction.sent', jsonb_build_object('interactionId', $2::text, 'channel', 'email'), 'system', null, 'Hilo', 'test', null, $3) from bumped`,
    [caseId, id, rooms.clock.now()],
  );
}
