import { z } from 'zod';
import { StatedCustomer, AddedContacts } from './arrivals.js';
import { KnownCurrency } from './benefit.preview.js';
import { Cents } from './card.js';
import { FaultKind } from './devices.words.js';
import { FormAnswers } from './handoffs.js';
import { HandoffMode } from './handoffs.words.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { UploadedAttachment } from './timeline.js';
import { ImpactKind, Language, ReplyChannel } from './words.js';

/** What happens at a counter: somebody brings a phone, or takes it back. Written down field by field, then done at once. */

export const IntakeKind = z.enum(['intake', 'pick_up']);
export type IntakeKind = z.infer<typeof IntakeKind>;

/** `abandoned`: nothing came of it; its reason says why. */
export const IntakeState = z.enum(['open', 'finished', 'abandoned']);
export type IntakeState = z.infer<typeof IntakeState>;

const words = (most: number) => z.string().trim().max(most);

/** Where on the outline of a phone something is to be seen, in shares of its width and height. */
export const ConditionMark = z.object({
  side: z.enum(['front', 'back']),
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  kind: z.enum(['crack', 'scratch', 'dent', 'missing', 'other']),
  note: words(200).optional(),
});
export type ConditionMark = z.infer<typeof ConditionMark>;
export const Condition = z.object({
  marks: z.array(ConditionMark).max(60),
  powersOn: z.enum(['yes', 'no', 'unknown']).default('unknown'),
  screen: z.enum(['whole', 'cracked', 'dead', 'unknown']).default('unknown'),
  note: words(1000).default(''),
});
export type Condition = z.infer<typeof Condition>;

export const Accessory = z.enum(['charger', 'cable', 'case', 'box', 'sim', 'memory_card', 'stylus', 'earphones']);
export type Accessory = z.infer<typeof Accessory>;

const YesNo = z.enum(['yes', 'no', 'unknown']);

/** Whether somebody or something works, as tried together with the customer. */
const Tried = z.partialRecord(ImpactKind, z.boolean());

/** Every field of an intake and what it takes; one is saved at a time, so that two tablets at one intake lose nothing. */
export const INTAKE_FIELDS = {
  'who.customerId': Id.nullable(),
  'who.caseReference': words(40),
  /** Somebody we do not know yet. */
  'who.person': StatedCustomer.nullable(),
  'who.addContacts': AddedContacts.nullable(),
  'listen.text': words(20_000),
  /** "Is this right?": what the story so far says. */
  'listen.storyRight': z.boolean().nullable(),
  'listen.lacks': z.array(ImpactKind).max(10),
  'listen.matters': words(500),
  /** Whether a device is there at all, and whether it stays. */
  'device.stays': z.enum(['here', 'with_customer', 'none']),
  'device.imei': words(40),
  'device.imei2': words(40),
  'device.serial': words(60),
  'device.modelId': Id.nullable(),
  'device.modelName': words(120),
  /** What is wrong with it, so that it is known again. */
  'device.fault': FaultKind,
  'device.condition': Condition,
  'device.photoIds': z.array(Id).max(20),
  'device.accessories': z.array(Accessory).max(20),
  'device.liquid': YesNo,
  'device.activationLock': z.enum(['off', 'on', 'unknown']),
  'device.backUp': z.enum(['done', 'not_done', 'not_possible', 'unknown']),
  'decide.outcome': z.enum(['covered', 'not_covered', 'partial', 'goodwill', 'later']),
  'decide.clause': words(1000),
  'decide.plainWords': words(2000),
  'decide.nextStep': words(1000),
  'decide.way': z.enum(['repair', 'replace', 'refund', 'buy_out']).nullable(),
  'keep.outcome': z.enum(['accepted', 'declined', 'none_available', 'not_eligible']),
  'keep.loanerId': Id.nullable(),
  'keep.rule': words(60),
  'keep.reason': words(500),
  /** What was gone through before the loaner left: SIM moved, data told of, … */
  'keep.checks': z.array(words(40)).max(20),
  /** What the customer can do again with it. */
  'keep.relieves': z.array(ImpactKind).max(10),
  /** Null: another one leaves than the one that was looked at. */
  'keep.conditionOut': Condition.nullable(),
  'keep.photoIds': z.array(Id).max(20),
  'take.by': z.enum(['store', 'lab', 'partner']),
  /** Whom it is handed to when all of this is done; null: that is for later. */
  'take.partnerId': Id.nullable(),
  'take.mode': HandoffMode,
  'take.ask': words(2000),
  /** What their form asks for and the case does not answer. */
  'take.form': FormAnswers,
  'take.tracking': words(80),
  'promise.nextUpdateAt': Instant.nullable(),
  /** When the device is to be back. */
  'promise.returnAt': Instant.nullable(),
  /** A way that is not the broken phone. */
  'promise.reachBy': z.enum(['twitter', 'email', 'other_phone', 'visit']),
  'promise.reachNote': words(200),
  /** What rules propose for their trouble and they are told they get: of a discount with the fee it is on, where that was not known. */
  'give.benefits': z
    .array(z.object({ id: Id, monthlyFeeCents: Cents.min(1).optional(), currency: KnownCurrency.optional() }))
    .max(20),
  'sign.signatureId': Id.nullable(),
  'sign.language': Language,
  'receipt.by': z.array(z.enum([...ReplyChannel.options, 'print'])).max(3),
  /** Of a pick-up: which repair and which loan come to their end. */
  'back.repairId': Id.nullable(),
  'back.loanId': Id.nullable(),
  'back.works': Tried,
  'back.dataBack': z.enum(['all', 'part', 'none', 'not_needed']),
  'back.note': words(2000),
  'back.photoIds': z.array(Id).max(20),
  'back.conditionIn': Condition,
  'back.loanerChecks': z.array(words(40)).max(20),
  /** The customer says that all is well. */
  'back.confirmed': z.boolean().nullable(),
  /** Why something was not done, by the gate it belongs to. */
  waivers: z.partialRecord(
    z.enum([
      'imei',
      'condition',
      'photos',
      'activation_lock',
      'back_up',
      'warranty',
      'reach',
      'signature',
      'works',
      'loaner_photos',
      'loaner_back',
    ]),
    words(300).min(3),
  ),
} as const satisfies Record<string, z.ZodType>;

export const IntakePath = z.enum(Object.keys(INTAKE_FIELDS) as [keyof typeof INTAKE_FIELDS]);
export type IntakePath = keyof typeof INTAKE_FIELDS;
/** What an intake says so far; a field nobody touched is absent. */
export type IntakeValues = { [Path in IntakePath]?: z.infer<(typeof INTAKE_FIELDS)[Path]> };

export const IntakeField = z.object({
  path: IntakePath,
  value: z.unknown(),
  /** Counts up with each change of this field. */
  version: z.number().int(),
  by: PersonRef,
  at: Instant,
});
export type IntakeField = z.infer<typeof IntakeField>;

export const IntakeBody = z.object({
  /** Made by the tablet, so that an intake begun without a network has its name. */
  id: Id.optional(),
  storeId: Id,
  kind: IntakeKind.default('intake'),
});
export type IntakeBody = z.infer<typeof IntakeBody>;

export const PatchIntakeBody = z.object({
  fields: z
    .array(
      z.object({
        path: IntakePath,
        value: z.unknown(),
        /** The version it was changed from; 0: it had none. */
        base: z.number().int().nonnegative(),
      }),
    )
    .min(1)
    .max(60)
    .refine((fields) => new Set(fields.map(({ path }) => path)).size === fields.length, { message: 'each field once' }),
});
export type PatchIntakeBody = z.infer<typeof PatchIntakeBody>;

export const SavedField = z.discriminatedUnion('outcome', [
  z.object({ path: IntakePath, outcome: z.literal('saved'), version: z.number().int() }),
  /** Somebody else has changed it meanwhile: theirs stands, and a person chooses. */
  z.object({ path: IntakePath, outcome: z.literal('conflict'), theirs: IntakeField }),
  /** It is not what this field takes: nothing of it is kept, `problems` says why. */
  z.object({ path: IntakePath, outcome: z.literal('refused'), problems: z.array(z.string()) }),
]);
export type SavedField = z.infer<typeof SavedField>;
export const SavedFields = z.object({ results: z.array(SavedField) });

/** The steps of the screen, in its order. */
export const IntakeStep = z.enum(['who', 'listen', 'device', 'decide', 'keep', 'take', 'sign', 'back', 'loaner']);
export type IntakeStep = z.infer<typeof IntakeStep>;

/** Something that has to be so before it is finished; a waivable one goes with a reason instead. */
export const IntakeGate = z.object({
  code: z.string(),
  step: IntakeStep,
  waivable: z.boolean(),
});
export type IntakeGate = z.infer<typeof IntakeGate>;

/** What became of it. */
export const IntakeOutcome = z.object({
  visitId: Id,
  caseId: Id,
  caseReference: z.string(),
  customerId: Id,
  deviceId: Id.nullable(),
  repairId: Id.nullable(),
  warrantyDecisionId: Id.nullable(),
  loanDecisionId: Id.nullable(),
  loanId: Id.nullable(),
  handoffId: Id.nullable(),
  /** The way to whoever takes it: there is a label to be printed. */
  legId: Id.nullable(),
});
export type IntakeOutcome = z.infer<typeof IntakeOutcome>;

export const Intake = z.object({
  id: Id,
  kind: IntakeKind,
  state: IntakeState,
  store: z.object({ id: Id, name: z.string() }),
  startedBy: PersonRef,
  startedAt: Instant,
  touchedAt: Instant,
  fields: z.array(IntakeField),
  photos: z.array(UploadedAttachment),
  /** What still stands in the way of finishing. */
  gates: z.array(IntakeGate),
  outcome: IntakeOutcome.nullable(),
});
export type Intake = z.infer<typeof Intake>;

/** On what a phone is left with us, as it is read before it is signed for and stands on the receipt. */
export const CounterTerms = z.object({ version: z.number().int(), es: z.string(), en: z.string() });
export type CounterTerms = z.infer<typeof CounterTerms>;

/** A line of the list of open intakes of a store. */
export const IntakeRow = z.object({
  id: Id,
  kind: IntakeKind,
  who: z.string().nullable(),
  caseReference: z.string().nullable(),
  model: z.string().nullable(),
  startedBy: PersonRef,
  touchedBy: PersonRef,
  startedAt: Instant,
  touchedAt: Instant,
});
export type IntakeRow = z.infer<typeof IntakeRow>;
export const IntakeList = z.object({ items: z.array(IntakeRow) });
export const IntakesQuery = z.object({ storeId: Id });
export const AbandonBody = z.object({ reason: words(300).min(3) });
export const ReceiptQuery = z.object({ language: Language.optional() });

const BoardCase = z.object({ id: Id, reference: z.string(), customer: z.string(), problem: z.string().nullable() });

/** The counter of a store now. Each list has so many lines at most, what is due first; `more`: there are others. */
export const BOARD_LINES = 50;
const boardList = <T extends z.ZodRawShape>(line: T) =>
  z.object({ items: z.array(z.object({ case: BoardCase, ...line })), more: z.boolean() });

export const StoreBoard = z.object({
  store: z.object({ id: Id, name: z.string(), timeZone: z.string() }),
  asOf: Instant,
  /** People who wait, as the store says; null: nobody has said so lately. */
  waiting: z.number().int().nullable(),
  intakes: z.array(IntakeRow),
  /** Kept here for somebody who is to fetch it. */
  reserved: boardList({ loanId: Id, model: z.string(), label: z.string(), keepUntil: Instant }),
  /** Out, and due back here: the latest first. */
  lent: boardList({ loanId: Id, model: z.string(), label: z.string(), dueAt: Instant, late: z.boolean() }),
  /** Repaired, here, and not fetched yet: the one that waits longest first. */
  ready: boardList({ repairId: Id, device: z.string(), since: Instant }),
  /** Somebody of this store, or the store itself, has promised a word by the end of today; late ones too. */
  promised: boardList({ dueAt: Instant, late: z.boolean(), owner: z.string().nullable() }),
  /** Loaners that are here, by what can be done with them. */
  loaners: z.object({ available: z.number().int(), toClean: z.number().int(), coming: z.number().int() }),
});
export type StoreBoard = z.infer<typeof StoreBoard>;
