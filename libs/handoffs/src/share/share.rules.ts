import {
  factText,
  FAULT_WORDS,
  OUTCOME_WORDS,
  ShareField,
  type FaultKind,
  type FormField,
  type HandoffDocument,
  type HandoffMode,
  type HandoffPreview,
  type Language,
  type PartnerTerms,
  type Priority,
  type Purchase,
  type ShareRule,
} from '#contracts';
import { isPhoto, plainNames } from './file-names.rules.js';
import { fillForm, type KnownFacts } from './form.rules.js';
import { scrub, type Scrub } from './scrub.rules.js';
import type { CaseFacts } from './share.facts.js';
import { SHARE_WORDS } from './share.words.rules.js';

/** What a partner gets to see of a case: what its policy names, and nothing that stands in between the lines. */

export interface Asked {
  reference: string;
  mode: HandoffMode;
  priority: Priority;
  ask: string;
  form: HandoffDocument['form'];
}

/** Whom it is told: the partner, under what was agreed. */
export interface Told {
  language: Language;
  timeZone: string;
  terms: Pick<PartnerTerms, 'form' | 'share'>;
}

export interface BuiltDocument {
  document: HandoffDocument;
  /** What they are told, what for, and whether anything is known of it. */
  shared: (ShareRule & { known: boolean })[];
  withheld: ShareField[];
  /** Required answers of their form that nobody and nothing gives. */
  missing: FormField[];
}

/** A fact in words, and as an answer to a form. */
type Known = NonNullable<KnownFacts[ShareField]>;
type Facts = Partial<Record<ShareField, Known>>;

const joined = (parts: (string | null | undefined | false)[], by = ' · '): string => parts.filter(Boolean).join(by);
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const dayOf = (iso: string, { language, timeZone }: Told): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(new Date(iso));
/** A day of a calendar, which is the same wherever it is read. */
export const calendarDay = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

function conditionText({ intake }: NonNullable<CaseFacts['repair']>, language: Language): string {
  const words = SHARE_WORDS[language];
  const word = (code: string): string => words.of[code] ?? '';
  const { condition, accessories = [], liquid, backUp } = intake;
  const marks = condition?.marks.map(({ kind, note }) => joined([word(kind) || kind, note], ': ')).join(', ');
  const parts = [
    condition && (marks ? marks : words.marks),
    condition && word(`screen.${condition.screen}`),
    condition && word(`powersOn.${condition.powersOn}`),
    word(`liquid.${liquid ?? ''}`),
    word(`backUp.${backUp ?? ''}`),
    accessories.map((one) => word(one) || one).join(', '),
    condition?.note,
  ];
  return upper(joined(parts));
}

function purchaseText(purchase: Purchase, language: Language): string {
  const words = SHARE_WORDS[language];
  return joined([
    words.bought(calendarDay(purchase.boughtOn, language), purchase.seller),
    purchase.deliveredOn &&
      purchase.deliveredOn !== purchase.boughtOn &&
      words.delivered(calendarDay(purchase.deliveredOn, language)),
    purchase.condition === 'second_hand' && words.secondHand,
    words.proof[purchase.proof],
  ]);
}

function warrantyText({ decision, terms }: CaseFacts, language: Language): string {
  const words = SHARE_WORDS[language];
  return joined([
    decision && joined([OUTCOME_WORDS[decision.outcome][language], decision.clause], ': '),
    ...terms.map(({ kind, provider, endsOn }) =>
      words.until(joined([words.term[kind] ?? kind, provider], ' '), calendarDay(endsOn, language)),
    ),
  ]);
}

function consentText(consent: NonNullable<NonNullable<CaseFacts['repair']>['consent']>, told: Told): string {
  const words = SHARE_WORDS[told.language];
  const wanted = consent.wanted.map((category) => words.of[category] ?? category).join(', ');
  return joined([
    words.agreed(words.how[consent.how] ?? consent.how, dayOf(consent.at, told)),
    consent.mayErase ? words.mayErase : words.mayNotErase,
    wanted !== '' && `${words.wants}: ${wanted}`,
  ]);
}

const faultText = (fault: string, language: Language): string =>
  fault in FAULT_WORDS ? FAULT_WORDS[fault as FaultKind][language] : fault;

const known = (text: string | null | undefined, more: Omit<Known, 'text'> = {}): Known | undefined =>
  text ? { text, ...more } : undefined;

/** All that is known, in the words of this language, nothing left out yet. */
function factsOf(facts: CaseFacts, told: Told): Facts {
  const { customer, device, repair } = facts;
  const { language } = told;
  const lock = repair?.intake.activationLock;
  const hasLock = lock === 'on' || lock === 'off';
  const purchase = device?.purchase;
  return clean({
    'customer.name': known(customer.name),
    'customer.phone': known(customer.phone),
    'customer.email': known(customer.email),
    'customer.language': known(customer.language),
    'device.model': known(device?.model),
    'device.imei': known(device?.imei),
    'device.condition': repair ? known(conditionText(repair, language)) : undefined,
    'device.lock': hasLock ? known(SHARE_WORDS[language].lock[lock], { yes: lock === 'on' }) : undefined,
    'problem.statement': known(facts.problems.join('\n')),
    impacts: known(facts.impacts.map((impact) => impactText(impact, language)).join('\n')),
    story: known(facts.story.map((fact) => factText(fact, language)).join('\n')),
    warranty: known(warrantyText(facts, language), { yes: facts.decision?.outcome === 'covered' }),
    purchase: purchase ? known(purchaseText(purchase, language), { day: purchase.boughtOn }) : undefined,
    consent: repair?.consent ? known(consentText(repair.consent, told), { yes: true }) : undefined,
    'repair.fault': repair ? known(joined([faultText(repair.fault, language), repair.diagnosis])) : undefined,
    photos: known(facts.files.some(isPhoto) ? 'photos' : ''),
    files: known(facts.files.some((file) => !isPhoto(file)) ? 'files' : ''),
  });
}

const clean = (facts: { [F in ShareField]: Known | undefined }): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));

const impactText = ({ kind, part, state }: CaseFacts['impacts'][number], language: Language): string =>
  factText({ kind: 'lost', code: 'impact', values: { kind, part, state }, text: null }, language);

/** What a person wrote of these can say what they are not told. */
const WRITTEN: readonly ShareField[] = [
  'device.model',
  'device.condition',
  'problem.statement',
  'story',
  'warranty',
  'purchase',
  'repair.fault',
];

function scrubOf(facts: CaseFacts, may: ReadonlySet<ShareField>, language: Language): Scrub {
  const { customer, device } = facts;
  return {
    known: [...facts.known, ...(device?.imei ? [{ kind: 'imei' as const, value: device.imei }] : [])],
    names: may.has('customer.name') ? [] : facts.names,
    told: [
      may.has('customer.phone') && customer.phone,
      may.has('customer.email') && customer.email,
      may.has('device.imei') && device?.imei,
    ].filter((one): one is string => typeof one === 'string'),
    somebody: SHARE_WORDS[language].somebody,
  };
}

/** Its name says nothing: people call files by what is in them. */
function filesOf(facts: CaseFacts, may: ReadonlySet<ShareField>, language: Language): HandoffDocument['files'] {
  const told = facts.files.filter((file) => may.has(isPhoto(file) ? 'photos' : 'files'));
  const names = plainNames(told, language);
  return told.map((file, at) => ({ ...file, fileName: names[at] ?? '' }));
}

const pick = <K extends string>(all: Facts, names: Record<K, ShareField>): Partial<Record<K, string>> =>
  Object.fromEntries(
    Object.entries<ShareField>(names).flatMap(([key, field]) => (all[field] ? [[key, all[field].text]] : [])),
  ) as Partial<Record<K, string>>;

/** Those they are told, what people wrote in them without the others. */
const theirsOf = (all: Facts, may: ReadonlySet<ShareField>, cleaned: Scrub): Facts =>
  Object.fromEntries(
    ShareField.options.flatMap((field) => {
      const fact = may.has(field) ? all[field] : undefined;
      if (!fact) return [];
      return [[field, WRITTEN.includes(field) ? { ...fact, text: scrub(fact.text, cleaned) } : fact]];
    }),
  );

/**
 * The document a partner is sent, in their language.
 * @param house what we are called: who said what in the story
 */
export function documentOf(asked: Asked, facts: CaseFacts, told: Told, house: string): BuiltDocument {
  const { language, terms } = told;
  const may = new Set(terms.share.map(({ field }) => field));
  const cleaned = scrubOf(facts, may, language);
  const all = factsOf(facts, told);
  const theirs = theirsOf(all, may, cleaned);
  const { answers, missing } = fillForm(terms.form, asked.form, theirs);
  const words = SHARE_WORDS[language];
  const document: HandoffDocument = {
    ...asked,
    form: answers,
    customer: {
      ...pick(theirs, { name: 'customer.name', phone: 'customer.phone', email: 'customer.email' }),
      ...(may.has('customer.language') ? { language: facts.customer.language } : {}),
    },
    device: pick(theirs, {
      model: 'device.model',
      imei: 'device.imei',
      condition: 'device.condition',
      lock: 'device.lock',
      fault: 'repair.fault',
    }),
    problems: may.has('problem.statement') ? facts.problems.map((one) => scrub(one, cleaned)) : [],
    impacts: may.has('impacts') ? facts.impacts.map((impact) => impactText(impact, language)) : [],
    story: may.has('story')
      ? facts.story.map((fact) => ({
          kind: fact.kind,
          text: scrub(factText(fact, language), cleaned),
          at: fact.at,
          by: fact.authorKind === 'customer' ? words.customer : house,
        }))
      : [],
    warranty: theirs.warranty?.text ?? null,
    purchase: theirs.purchase?.text ?? null,
    consent: theirs.consent?.text ?? null,
    files: filesOf(facts, may, language),
  };
  return {
    document,
    shared: terms.share.map((rule) => ({ ...rule, known: all[rule.field] !== undefined })),
    withheld: ShareField.options.filter((field) => !may.has(field)),
    missing,
  };
}

/** The same as a person of ours looks at it before it is sent. */
export const previewOf = (
  { document, shared, withheld, missing }: BuiltDocument,
  language: Language,
): HandoffPreview => ({
  document,
  shared: shared.map(({ field, purpose, known: isKnown }) => ({ field, purpose: purpose[language], known: isKnown })),
  withheld,
  missing: missing.map(({ key, title }) => ({ key, title: title[language] })),
});
