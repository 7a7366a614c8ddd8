import { readDeviceNumber } from './imei.rules.js';
import { decisionGaps } from './warranty.rules.js';
import type { IntakeGate, IntakeKind, IntakeStep, IntakeValues } from './counter.js';

/** Fewer than two pictures show one side only. */
export const PHOTOS_WANTED = 2;

type Gate = IntakeGate & {
  /** Whether it is asked at all. */
  asked?: (values: IntakeValues) => boolean;
  met: (values: IntakeValues) => boolean;
};

const gate = (
  code: string,
  step: IntakeStep,
  waivable: boolean,
  met: Gate['met'],
  asked?: NonNullable<Gate['asked']>,
): Gate => ({ code, step, waivable, met, ...(asked && { asked }) });

const said = (text: string | undefined): boolean => (text ?? '').trim() !== '';
/** Numbers that are numbers of phones: what was typed wrong identifies nothing, and is mended or waived. */
const numbered = (values: IntakeValues): boolean =>
  [values['device.imei'] ?? '', ...(said(values['device.imei2']) ? [values['device.imei2'] ?? ''] : [])].every(
    (typed) => readDeviceNumber(typed).kind !== null,
  );
const known = (word: string | undefined): boolean => word !== undefined && word !== 'unknown';
const stays = (values: IntakeValues): boolean => values['device.stays'] === 'here';
const shown = (values: IntakeValues): boolean => stays(values) || values['device.stays'] === 'with_customer';
const lends = (values: IntakeValues): boolean => values['keep.outcome'] === 'accepted';
const whoIsHere = (values: IntakeValues): boolean =>
  Boolean(values['who.customerId'] ?? values['who.person']) || said(values['who.caseReference']);

/** Whether the intake says what the warranty answers for: a no is a sentence somebody can act on, or it is none. */
export const decided = (values: IntakeValues): boolean => {
  const outcome = values['decide.outcome'];
  if (outcome === undefined || outcome === 'later') return false;
  const [clause, plainWords, nextStep] = [
    values['decide.clause'],
    values['decide.plainWords'],
    values['decide.nextStep'],
  ];
  return decisionGaps({ outcome, clause, plainWords, nextStep }).length === 0;
};

const loanDecided = (values: IntakeValues): boolean => {
  switch (values['keep.outcome']) {
    case 'accepted':
      return Boolean(values['keep.loanerId']);
    case 'declined':
      return said(values['keep.reason']);
    case 'not_eligible':
      return said(values['keep.rule']);
    case 'none_available':
      return true;
    case undefined:
      return false;
  }
};

/** Another company is named, or left for later on purpose. */
const isTaken = ({ 'take.by': by, 'take.partnerId': partnerId }: IntakeValues): boolean =>
  by === 'partner' ? partnerId !== undefined : by !== undefined;

const INTAKE: readonly Gate[] = [
  gate('who', 'who', false, whoIsHere),
  gate('words', 'listen', false, (values) => said(values['listen.text'])),
  gate('stays', 'device', false, (values) => values['device.stays'] !== undefined),
  gate('imei', 'device', true, numbered, shown),
  gate('fault', 'device', false, (values) => values['device.fault'] !== undefined, stays),
  gate('condition', 'device', true, (values) => values['device.condition'] !== undefined, stays),
  gate('photos', 'device', true, (values) => new Set(values['device.photoIds']).size >= PHOTOS_WANTED, stays),
  gate('activation_lock', 'device', true, (values) => known(values['device.activationLock']), stays),
  gate('back_up', 'device', true, (values) => known(values['device.backUp']), stays),
  gate('warranty', 'decide', true, decided, stays),
  gate('loaner', 'keep', false, loanDecided),
  gate('loaner_photos', 'keep', true, (values) => (values['keep.photoIds'] ?? []).length > 0, lends),
  gate('loaner_out', 'keep', false, (values) => Boolean(values['keep.conditionOut']), lends),
  gate('taken_by', 'take', false, isTaken, stays),
  gate('next_update', 'sign', false, (values) => Boolean(values['promise.nextUpdateAt'])),
  gate('reach', 'sign', true, (values) => values['promise.reachBy'] !== undefined),
  gate(
    'signature',
    'sign',
    true,
    (values) => Boolean(values['sign.signatureId']),
    (v) => stays(v) || lends(v),
  ),
];

const loanEnds = (values: IntakeValues): boolean => Boolean(values['back.loanId']);
const triedOut = (values: IntakeValues): boolean => Object.keys(values['back.works'] ?? {}).length > 0;

const PICK_UP: readonly Gate[] = [
  gate('who', 'who', false, whoIsHere),
  gate('what', 'back', false, (values) => Boolean(values['back.repairId'] ?? values['back.loanId'])),
  gate('works', 'back', true, triedOut, (values) => Boolean(values['back.repairId'])),
  gate(
    'data',
    'back',
    false,
    (values) => values['back.dataBack'] !== undefined,
    (v) => Boolean(v['back.repairId']),
  ),
  gate('loaner_condition', 'loaner', false, (values) => values['back.conditionIn'] !== undefined, loanEnds),
  gate('next_update', 'sign', false, (v) => v['back.confirmed'] === true || Boolean(v['promise.nextUpdateAt'])),
  gate('signature', 'sign', true, (values) => Boolean(values['sign.signatureId'])),
];

/**
 * What still has to be so before an intake is finished: asked of what it says, and not waived with a reason.
 * @returns in the order of the steps; none: it can be finished
 */
export const openGates = (kind: IntakeKind, values: IntakeValues): IntakeGate[] => {
  const waived: Record<string, string | undefined> = values.waivers ?? {};
  return (kind === 'intake' ? INTAKE : PICK_UP)
    .filter(({ asked }) => asked?.(values) ?? true)
    .filter(({ code, waivable, met }) => !met(values) && !(waivable && said(waived[code])))
    .map(({ code, step, waivable }) => ({ code, step, waivable }));
};
