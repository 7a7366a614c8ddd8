import { loanFactText } from './loaners.words.js';
import { benefitFact } from './benefit.words.js';
import type { FactCode, FactKind, StoryPromise } from './story.js';
import { OUTCOME_WORDS } from './warranty.rules.js';
import { DecisionOutcome } from './warranty.js';
import type { ImpactPart, ImpactState, Language } from './words.js';

/** The words of facts that come from structured actions: they are kept as code and values and read in any language. */

/** What a fact says, as far as its words need it. */
export interface ToldFact {
  kind: FactKind;
  code: FactCode | null;
  values: Record<string, unknown>;
  text: string | null;
}

const IMPACT_WORDS: Record<Language, Record<string, string>> = {
  es: { calls: 'Llamadas', data: 'Datos', apps: 'Apps', photos: 'Fotos', other: 'Otras cosas' },
  en: { calls: 'Calls', data: 'Data', apps: 'Apps', photos: 'Photos', other: 'Other things' },
};
const PART_WORDS: Record<Language, Record<ImpactPart, string>> = {
  es: { in: 'entrantes', out: 'salientes' },
  en: { in: 'incoming', out: 'outgoing' },
};
const IMPACT_STATE_WORDS: Record<Language, Record<ImpactState, string>> = {
  es: { reported: 'sin comprobar', confirmed: 'comprobado', relieved: 'aliviado', restored: 'restablecido' },
  en: { reported: 'not checked', confirmed: 'checked', relieved: 'relieved', restored: 'restored' },
};

const said = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const withoutAnswer = (values: Record<string, unknown>, language: Language): string => {
  const times = Number(values['times'] ?? 1);
  if (values['direction'] === 'outbound') {
    if (language === 'es') return times > 1 ? `Le llamamos ${times} veces, sin éxito` : 'Le llamamos, sin éxito';
    return times > 1 ? `We called ${times} times without success` : 'We called without success';
  }
  if (language === 'es') return times > 1 ? `Llamó ${times} veces, nadie respondió` : 'Llamó, nadie respondió';
  return times > 1 ? `Called ${times} times, nobody answered` : 'Called, nobody answered';
};

const impactText = (values: Record<string, unknown>, language: Language): string => {
  const kind = IMPACT_WORDS[language][said(values['kind'])] ?? said(values['kind']);
  const part = values['part'] === 'in' || values['part'] === 'out' ? ` (${PART_WORDS[language][values['part']]})` : '';
  const state = IMPACT_STATE_WORDS[language][values['state'] as ImpactState];
  return `${kind}${part}: ${state}`;
};

const warrantyText = ({ outcome, model, clause }: Record<string, unknown>, language: Language): string => {
  const what = DecisionOutcome.options.find((word) => word === outcome);
  return [[said(model), what ? OUTCOME_WORDS[what][language] : ''].filter(Boolean).join(': '), said(clause)]
    .filter(Boolean)
    .join(' · ');
};

/** What a partner said: that it does the work, or not, or what came of it; its own words stay as they were. */
function handoffFact({ says, partner, who, text }: ToldFact['values'], language: Language): string {
  if (says !== 'accepted') return `${said(partner)}: ${said(text)}`;
  const takes = language === 'es' ? `${said(partner)} se encarga` : `${said(partner)} takes it on`;
  return said(who) ? `${takes} (${said(who)})` : takes;
}

const SENTENCES: Record<FactCode, (values: Record<string, unknown>, language: Language) => string> = {
  impact: impactText,
  device: ({ model, imei }) => [said(model), said(imei) && `IMEI ${said(imei)}`].filter(Boolean).join(' · '),
  call_attempt: withoutAnswer,
  warranty: warrantyText,
  loan: loanFactText,
  next_update: (_values, language) => (language === 'es' ? 'Escribirle con novedades' : 'Write to them with news'),
  benefit: benefitFact,
  handoff: handoffFact,
};

/** What a fact says in the language of its reader; what a person wrote stays as they wrote it. */
export const factText = ({ code, values, text }: ToldFact, language: Language): string =>
  code ? SENTENCES[code](values, language) : (text ?? '');

export const FACT_QUESTIONS: Record<Language, Record<FactKind, string>> = {
  es: {
    broke: 'Se rompió',
    lost: 'Perdió',
    tried: 'Probado',
    decided: 'Decidido',
    promised: 'Prometido',
    owed: 'Le debemos',
  },
  en: { broke: 'Broke', lost: 'Lost', tried: 'Tried', decided: 'Decided', promised: 'Promised', owed: 'We owe' },
};

export const PROMISE_WORDS: Record<Language, Record<StoryPromise['state'], string>> = {
  es: { open: 'pendiente', kept: 'cumplido', broken: 'incumplido', withdrawn: 'retirado' },
  en: { open: 'open', kept: 'kept', broken: 'broken', withdrawn: 'withdrawn' },
};

/** Of a promise kept by a message that left when it was due already. */
export const KEPT_LATE: Record<Language, string> = { es: 'cumplido tarde', en: 'kept late' };

/** What the customer is asked once everything works again, in their language. */
export const SOLVED_QUESTION: Record<Language, (name: string, reference: string) => string> = {
  es: (name, reference) =>
    `Hola, ${name}: según nos consta, tu caso ${reference} está resuelto y todo vuelve a funcionar. ¿Está todo bien? Si algo sigue fallando, responde a este mensaje y seguimos donde estábamos, sin que tengas que volver a explicarlo. Si no nos dices nada en 7 días, lo cerraremos.`,
  en: (name, reference) =>
    `Hello, ${name}: as far as we know your case ${reference} is solved and everything works again. Is all well? If something is still wrong, answer this message and we go on from where we were, without you having to explain it again. If we hear nothing for 7 days, we will close it.`,
};
