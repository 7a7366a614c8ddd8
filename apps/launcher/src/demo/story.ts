import type { EntityManager } from 'typeorm';
import { type FactService, type ImpactService, type ProblemService, type PromiseService } from '#cases';
import type { AgreementHow, FactKind, ImpactKind, ImpactState } from '#contracts';
import type { Principal } from '#identity';
import type { AgentKey } from './carrier.js';

/** What the people of the demo write into the story of a case. */
export type StoryStep =
  /** Of what was said last on the case. */
  | { do: 'fact'; by: AgentKey; kind: Exclude<FactKind, 'promised'>; text: string }
  | { do: 'agreed'; by: AgentKey; how: AgreementHow }
  | { do: 'impact'; by: AgentKey; kinds: ImpactKind[]; to: ImpactState }
  /** `due`: minutes from the moment the demo is written. Without text: that they will be written to again. */
  | { do: 'promise'; by: AgentKey; text?: string; due: number };

interface StoryServices {
  facts: FactService;
  problems: ProblemService;
  impacts: ImpactService;
  promises: PromiseService;
}

/** Plays one step that is about the story. */
export async function tellStory(
  tx: EntityManager,
  services: StoryServices,
  me: Principal,
  caseId: string,
  step: StoryStep,
  now: Date,
): Promise<void> {
  switch (step.do) {
    case 'fact':
      await services.facts.write(tx, me, caseId, {
        kind: step.kind,
        text: step.text,
        entryId: await lastSaid(tx, caseId),
      });
      return;
    case 'agreed': {
      const problems: { id: string }[] = await tx.query('select id from problem where case_id = $1', [caseId]);
      const entryId = await lastSaid(tx, caseId);
      for (const { id } of problems)
        await services.problems.change(tx, me, caseId, id, {
          stage: 'understood',
          agreement: { how: step.how, ...(step.how === 'message' ? { entryId } : {}) },
        });
      return;
    }
    case 'impact': {
      const impacts: { id: string }[] = await tx.query('select id from impact where case_id = $1 and kind = any($2)', [
        caseId,
        step.kinds,
      ]);
      for (const { id } of impacts) await services.impacts.move(tx, me, caseId, id, step.to);
      return;
    }
    case 'promise': {
      const dueAt = new Date(now.getTime() + step.due * 60_000).toISOString();
      await services.promises.make(
        tx,
        me,
        caseId,
        step.text === undefined ? { kind: 'update', dueAt } : { kind: 'other', text: step.text, dueAt },
      );
    }
  }
}

async function lastSaid(tx: EntityManager, caseId: string): Promise<string | undefined> {
  const rows: { id: string }[] = await tx.query(
    'select id from interaction where case_id = $1 order by occurred_at desc, id desc limit 1',
    [caseId],
  );
  return rows[0]?.id;
}
