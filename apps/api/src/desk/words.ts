import type {
  DeskAction,
  HandoffMode,
  HandoffOutcome,
  HandoffSide,
  HandoffState,
  ImpactKind,
  Language,
  Priority,
  QuoteLineKind,
} from '#contracts';
import type { Trouble } from '#handoffs';

/** What the desk says, in the language of the partner. `{name}` stands for a value. */
export interface DeskWords {
  other: Language;
  otherName: string;
  title: string;
  headline: Record<HandoffSide, Record<HandoffState, string>>;
  lead: Record<HandoffSide, Partial<Record<HandoffState, string>>>;
  mode: Record<HandoffMode, string>;
  priority: Record<Priority, string>;
  facts: Record<'priority' | 'mode' | 'yourNumber' | 'engineer' | 'eta' | 'outcome' | 'sent', string>;
  ask: string;
  question: Record<HandoffSide, string>;
  act: string;
  actHint: string;
  /** The button of a form, its name in the list, and what it is for. */
  action: Record<DeskAction, { name: string; button: string; hint: string }>;
  field: Record<
    | 'partnerRef'
    | 'engineer'
    | 'engineerEmail'
    | 'engineerPhone'
    | 'date'
    | 'time'
    | 'text'
    | 'reason'
    | 'nextStep'
    | 'question'
    | 'carrier'
    | 'trackingNumber'
    | 'outcome'
    | 'coverMonths'
    | 'coverWhat'
    | 'agreement'
    | 'currency'
    | 'description'
    | 'kind'
    | 'quantity'
    | 'list'
    | 'price'
    | 'validUntil'
    | 'approved'
    | 'by'
    | 'files',
    string
  >;
  optional: string;
  textOf: Partial<Record<DeskAction, string>>;
  dateHint: string;
  filesHint: string;
  priceHint: string;
  line: string;
  moreLines: string;
  coverHead: string;
  yes: string;
  no: string;
  choose: string;
  outcome: Record<HandoffOutcome, string>;
  lineKind: Record<QuoteLineKind, string>;
  trouble: Record<Trouble['why'], string>;
  again: string;
  failed: Record<'tooOften' | 'tooLarge' | 'notOffered' | 'elsewhere', string>;
  done: string;
  late: string;
  section: Record<'device' | 'customer' | 'problem' | 'form' | 'story' | 'files' | 'talk' | 'papers', string>;
  device: Record<'model' | 'imei' | 'condition' | 'lock' | 'fault', string>;
  customer: Record<'name' | 'phone' | 'email' | 'language', string>;
  papers: Record<'warranty' | 'purchase' | 'consent', string>;
  impacts: string;
  impact: Record<ImpactKind, string>;
  language: Record<Language, string>;
  withheld: string;
  noTalk: string;
  you: string;
  said: Record<DeskAction, string>;
  approved: string;
  declined: string;
  until: string;
  withNumber: string;
  byEngineer: string;
  followed: string;
  total: string;
  months: string;
  quoteUntil: string;
  source: string;
  pack: string;
  packHint: string;
  footer: string;
  packTitle: string;
}
