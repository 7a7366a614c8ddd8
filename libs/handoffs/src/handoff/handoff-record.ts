import type { EntityManager } from 'typeorm';
import type {
  Contact,
  FormAnswers,
  GatewayKind,
  HandoffDirection,
  HandoffDocument,
  HandoffMode,
  HandoffOutcome,
  HandoffState,
  PartnerTargets,
  Priority,
  TargetCalendar,
} from '#contracts';
import { lockCase, visible } from '#cases';
import { visibleStore, type Principal } from '#identity';
import { DomainError } from '#platform';
import type { Standing } from './fold.rules.js';

/** A handoff as decisions and gateways look at it. */
export interface HandoffRecord {
  id: string;
  reference: string;
  direction: HandoffDirection;
  caseId: string;
  partnerId: string;
  partnerVersion: number;
  partnerName: string;
  mode: HandoffMode;
  state: HandoffState;
  heard: Standing['heard'];
  priority: Priority;
  deviceId: string | null;
  repairId: string | null;
  storeId: string | null;
  ask: string;
  form: FormAnswers;
  attachmentIds: string[];
  gateway: GatewayKind;
  document: HandoffDocument | null;
  forgottenAt: Date | null;
  partnerRef: string | null;
  engineer: Contact | null;
  etaAt: Date | null;
  outcome: HandoffOutcome | null;
  question: string | null;
  openedAt: Date;
  sentAt: Date | null;
  deliveredAt: Date | null;
  acknowledgedAt: Date | null;
  acceptedAt: Date | null;
  resolvedAt: Date | null;
  toldAt: Date | null;
  answersFrom: Date | null;
  /** Of what was agreed, for its priority. */
  targets: PartnerTargets | null;
  /** By what its minutes count. */
  calendar: TargetCalendar;
  nudges: number;
  /** When the next of theirs is written to. */
  nudgeAt: Date | null;
  entries: number;
  version: number;
}

const RECORD = `select h.id, h.reference, h.direction, h.case_id as "caseId", h.partner_id as "partnerId", h.partner_version as "partnerVersion",
  p.name as "partnerName", h.mode, h.state, h.heard, h.priority, h.device_id as "deviceId", h.repair_order_id as "repairId", h.store_id as "storeId", h.ask, h.form,
  h.attachment_ids as "attachmentIds", h.gateway, h.document, h.forgotten_at as "forgottenAt", h.partner_ref as "partnerRef", h.engineer,
  h.eta_at as "etaAt", h.outcome, h.question, h.opened_at as "openedAt", h.sent_at as "sentAt", h.acknowledged_at as "acknowledgedAt",
  h.accepted_at as "acceptedAt", h.resolved_at as "resolvedAt", h.told_at as "toldAt", h.answers_from as "answersFrom", h.entries, h.version, h.nudges,
  h.delivered_at as "deliveredAt", h.nudge_at as "nudgeAt",
  v.terms -> 'targets' -> h.priority as targets, coalesce(v.terms ->> 'calendar', 'house') as calendar
  from handoff h join partner p on p.id = h.partner_id left join partner_version v on v.partner_id = p.id and v.version = h.partner_version where h.id = $1`;

/** As it stands, not locked. @throws DomainError handoff.not_found */
export async function readHandoff(tx: EntityManager, handoffId: string): Promise<HandoffRecord> {
  const rows: HandoffRecord[] = await tx.query(RECORD, [handoffId]);
  if (!rows[0]) throw new DomainError('handoff.not_found');
  return rows[0];
}

/**
 * Locks the case of a handoff and then the handoff, wherever a merge has just taken it, for somebody who sees the case.
 * @throws DomainError handoff.not_found, also when its case is not theirs to see
 */
export async function lockHandoff(tx: EntityManager, principal: Principal, handoffId: string): Promise<HandoffRecord> {
  for (;;) {
    const rows: { caseId: string }[] = await tx.query(
      `select c.id as "caseId" from handoff h join cases c on c.id = h.case_id where h.id = $1 and ${visible('$2')}`,
      [handoffId, visibleStore(principal)],
    );
    if (!rows[0]) throw new DomainError('handoff.not_found');
    await lockCase(tx, principal, rows[0].caseId);
    const handoff = await held(tx, handoffId);
    if (handoff.caseId === rows[0].caseId) return handoff;
  }
}

/** The same by nobody of ours: gateways and sweeps. @throws DomainError handoff.not_found */
export async function lockAnyHandoff(tx: EntityManager, handoffId: string): Promise<HandoffRecord> {
  for (;;) {
    const rows: { caseId: string }[] = await tx.query('select case_id as "caseId" from handoff where id = $1', [
      handoffId,
    ]);
    if (!rows[0]) throw new DomainError('handoff.not_found');
    await tx.query('select from cases where id = $1 for update', [rows[0].caseId]);
    const handoff = await held(tx, handoffId);
    if (handoff.caseId === rows[0].caseId) return handoff;
  }
}

async function held(tx: EntityManager, handoffId: string): Promise<HandoffRecord> {
  const rows: HandoffRecord[] = await tx.query(`${RECORD} for update of h`, [handoffId]);
  if (!rows[0]) throw new DomainError('handoff.not_found');
  return rows[0];
}
