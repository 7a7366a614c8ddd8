import {
  decided,
  readDeviceNumber,
  type Accessory,
  type BenefitKind,
  type BenefitValues,
  type Condition,
  type CounterTerms,
  type IntakeKind,
  type IntakeValues,
  type Language,
} from '#contracts';

/** What a receipt says, frozen: later changes of a name, a store or the terms do not reach it. */
export interface ReceiptData {
  intakeId: string;
  kind: IntakeKind;
  reference: string;
  /** ISO 8601 UTC. */
  at: string;
  timeZone: string;
  store: { name: string; address: string; city: string; phone: string | null };
  by: string;
  customer: string;
  said: string;
  device: {
    stays: boolean;
    model: string;
    /** The last three characters: a receipt lies about. */
    imei: string;
    condition: Condition | null;
    accessories: Accessory[];
    liquid: string | null;
    activationLock: string | null;
    backUp: string | null;
    photos: number;
  } | null;
  decision: { outcome: string; clause: string; plainWords: string; nextStep: string } | null;
  loan: {
    outcome: string;
    model: string;
    dueAt: string | null;
    condition: Condition | null;
    terms: CounterTerms | null;
  } | null;
  /** Who has the phone that stays; `partner`: the company that was told, with us answering for it. */
  taker: { by: NonNullable<IntakeValues['take.by']>; partner: string | null } | null;
  /** For their trouble, as it stands at the end of the visit; `waits`: somebody with more say decides. */
  benefits: { kind: BenefitKind; values: BenefitValues; waits: boolean }[];
  promise: { nextUpdateAt: string | null; returnAt: string | null };
  back: { works: Record<string, boolean>; data: string | null } | null;
  waived: Record<string, string>;
  /** Of what is left with us; null: nothing is. */
  terms: CounterTerms | null;
  signatureId: string | null;
  language: Language;
}

/** Of what it is a receipt: of something left or fetched, or of the visit alone. */
export const paperOf = ({ kind, device }: Pick<ReceiptData, 'kind' | 'device'>): 'left' | 'fetched' | 'visit' =>
  kind === 'pick_up' ? 'fetched' : device?.stays ? 'left' : 'visit';

/** What a receipt takes from the fields, in the order people read it. */
export function saidOf(
  kind: IntakeKind,
  values: IntakeValues,
): Pick<ReceiptData, 'said' | 'device' | 'decision' | 'back'> {
  const outcome = values['decide.outcome'];
  return {
    said: values['listen.text'] ?? '',
    device: deviceOf(kind, values),
    decision:
      outcome === undefined || outcome === 'later' || !decided(values)
        ? null
        : {
            outcome,
            clause: values['decide.clause'] ?? '',
            plainWords: values['decide.plainWords'] ?? '',
            nextStep: values['decide.nextStep'] ?? '',
          },
    back: kind === 'pick_up' ? { works: values['back.works'] ?? {}, data: values['back.dataBack'] ?? null } : null,
  };
}

function deviceOf(kind: IntakeKind, values: IntakeValues): ReceiptData['device'] {
  const stays = values['device.stays'];
  if (kind === 'pick_up' || stays === undefined || stays === 'none') return null;
  const read = readDeviceNumber(values['device.imei'] ?? '');
  const number = read.kind === null ? '' : read.value;
  return {
    stays: stays === 'here',
    model: values['device.modelName'] ?? '',
    imei: number && `…${number.slice(-3)}`,
    condition: values['device.condition'] ?? null,
    accessories: values['device.accessories'] ?? [],
    liquid: values['device.liquid'] ?? null,
    activationLock: values['device.activationLock'] ?? null,
    backUp: values['device.backUp'] ?? null,
    photos: (values['device.photoIds'] ?? []).length,
  };
}
