import {
  FACT_QUESTIONS,
  factText,
  KEPT_LATE,
  PROMISE_WORDS,
  type AskedFact,
  type CaseDetail,
  type FactKind,
  type Language,
  type StoryFact,
  type StoryPromise,
} from '#contracts';

/** The order in which a story is told. */
export const FACT_KINDS = ['broke', 'lost', 'tried', 'decided', 'promised', 'owed'] as const satisfies FactKind[];

/** Facts of a kind that are shown before somebody asks for the rest: with six kinds, one screen at most. */
export const SHOWN = 2;

export interface Cell {
  kind: FactKind;
  facts: StoryFact[];
  /** Older ones of the same kind, folded away. */
  folded: StoryFact[];
}

/** A promise that was kept or taken back is no news; what was lost is shown as long as it is told. */
const isSettled = ({ promise }: StoryFact): boolean => promise?.state === 'kept' || promise?.state === 'withdrawn';

/** Kept by a message that left when it was due already. */
export const isLate = ({ keptBy, dueAt }: StoryPromise): boolean =>
  keptBy !== null && Date.parse(keptBy.at) > Date.parse(dueAt);

/** The kinds there is anything about: the newest facts of each, what is settled and what is older folded. */
export const cellsOf = (story: readonly StoryFact[]): Cell[] =>
  FACT_KINDS.flatMap((kind): Cell[] => {
    const all = story.filter((fact) => fact.kind === kind);
    if (all.length === 0) return [];
    // What was lost is one line of short words: nothing of it is folded.
    if (kind === 'lost') return [{ kind, facts: all, folded: [] }];
    const live = all.filter((fact) => !isSettled(fact));
    const shown = new Set((live.length > 0 ? live : all).slice(-SHOWN));
    return [{ kind, facts: all.filter((fact) => shown.has(fact)), folded: all.filter((fact) => !shown.has(fact)) }];
  });

/** What kind of fact a text sounds like, so that the form opens on it. */
export const likelyKind = (text: string): Exclude<FactKind, 'promised'> => {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (
    /\b(?:he probado|probe|prob(?:ado|amos)|reinici\w*|otro (?:cargador|cable|movil)|tried|restart\w*|reset)\b/u.test(
      plain,
    )
  )
    return 'tried';
  if (/\b(?:perd\w+|fotos|contactos|sin (?:llamadas|datos|apps)|lost|photos|contacts)\b/u.test(plain)) return 'lost';
  if (/\b(?:decid\w+|acept\w+|aprueb\w+|de acuerdo|agree\w*|accept\w*|decided|approved?)\b/u.test(plain))
    return 'decided';
  if (/\b(?:debe\w*|devol\w+|abon\w+|bono|compens\w+|refund\w*|owe\w*|voucher|credit)\b/u.test(plain)) return 'owed';
  return 'broke';
};

interface Moments {
  day: (at: string) => string;
  moment: (at: string) => string;
}

/** One fact as a line of a handover. */
const lineOf = (fact: StoryFact, language: Language, { day, moment }: Moments): string => {
  const text = factText(fact, language);
  if (fact.promise) {
    const { by, dueAt, state } = fact.promise;
    const words = isLate(fact.promise) ? KEPT_LATE[language] : PROMISE_WORDS[language][state];
    return `${text} · ${by.displayName}, ${moment(dueAt)} (${words})`;
  }
  return `${day(fact.at)}: ${text}`;
};

/** The whole story as text, to hand over by any means: who, what, and each kind of fact on a line of its own. */
export const handoverOf = (
  detail: Pick<CaseDetail, 'reference' | 'customer' | 'problem' | 'assignee' | 'story'>,
  language: Language,
  moments: Moments,
): string => {
  const head = [detail.reference, detail.customer.displayName, detail.problem, detail.assignee?.displayName];
  const lines = FACT_KINDS.flatMap((kind) => {
    const facts = detail.story.filter((fact) => fact.kind === kind);
    if (facts.length === 0) return [];
    return [`${FACT_QUESTIONS[language][kind]}: ${facts.map((fact) => lineOf(fact, language, moments)).join('; ')}`];
  });
  return [head.filter(Boolean).join(' · '), ...lines].join('\n');
};

type Known = Pick<CaseDetail, 'customer' | 'contactPoints' | 'reference' | 'problems' | 'story'>;

/** What we hold of what an agent might ask for. */
export const heldFacts = ({
  customer,
  contactPoints,
  reference,
  problems,
  story,
}: Known): Partial<Record<AskedFact, string>> => {
  const device = story.findLast(({ code }) => code === 'device')?.values ?? {};
  const reach = (kind: 'phone' | 'email') => contactPoints.find((point) => point.kind === kind)?.display;
  const held: Record<AskedFact, unknown> = {
    imei: device['imei'],
    model: device['model'],
    phone: reach('phone'),
    email: reach('email'),
    // A name an arrival brought along may be a handle.
    name: /\s/u.test(customer.displayName.trim()) ? customer.displayName : undefined,
    reference,
    problem: problems.find(({ stage }) => stage !== 'received')?.statement,
  };
  return Object.fromEntries(
    Object.entries(held).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== ''),
  );
};
