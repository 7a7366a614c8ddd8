import type { EntityManager } from 'typeorm';
import { readImei, type CallOutcome, type Direction } from '#contracts';
import type { Actor } from '../record.js';
import type { FactService } from './fact.service.js';

/** What staff write down elsewhere and the story tells by itself. */

export interface ToldCall {
  interactionId: string;
  caseId: string;
  direction: Direction;
  outcome: CallOutcome;
  times: number;
  at: Date;
}

/** "Tried twice before writing": calls that reached nobody. */
export async function tellCall(tx: EntityManager, facts: FactService, actor: Actor, call: ToldCall): Promise<void> {
  if (call.outcome === 'answered') return;
  await facts.add(tx, actor, call.caseId, {
    kind: 'tried',
    code: 'call_attempt',
    values: { direction: call.direction, outcome: call.outcome, times: call.times },
    entryId: call.interactionId,
    at: call.at,
    origin: `call:${call.interactionId}`,
  });
}

/** The device somebody had in their hand: once on a case, however often it is brought. */
export async function tellDevice(
  tx: EntityManager,
  facts: FactService,
  actor: Actor,
  visit: { caseId: string; interactionId: string; device: { imei?: string; model?: string } | undefined },
): Promise<void> {
  const { imei, model } = visit.device ?? {};
  if (!imei && !model) return;
  await facts.add(tx, actor, visit.caseId, {
    kind: 'broke',
    code: 'device',
    values: { ...(model ? { model } : {}), ...(imei ? { imei } : {}) },
    entryId: visit.interactionId,
    origin: `device:${((imei && readImei(imei)) ?? imei ?? model ?? '').toLowerCase()}`,
  });
}
