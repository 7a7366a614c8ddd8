import type { Contact, HandoffOutcome, RepairCover } from '#contracts';
import { folded, type Sentence } from './reply.text.rules.js';

/** Names and numbers in what somebody wrote. */

const OURS = /\bH-[0-9A-Z]{3,8}-[0-9A-Z]{2}(?:\.\d+)?\b/giu;
const NUMBER = String.raw`([\p{L}]{0,6}[-/.]?\d[\p{L}\d]*(?:[-/.][\p{L}\d]+)*)`;
const REF_FORMS = [
  new RegExp(
    String.raw`\brma\b(?:\s?(?:issued|granted|approved|opened|created|abierto|emitido|asignado|number|numero|número|no\.?|nº|n°|nr\.?|id|#|is|es|:|=|-))*\s*#?${NUMBER}`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:case|caso|ticket|expediente|referencia|reference|ref\.?|orden|order|work order|incidencia|incident|parte|so|n[uú]mero|number)(?:\s?(?:de caso|number|numero|número|no\.?|nº|n°|nr\.?|id|is|es|:|=))*\s*#?${NUMBER}`,
    'iu',
  ),
];
const MAX_REF = 80;

/** What they call it; never our own number, a day, or the number of a phone. */
export function refIn(text: string): string | null {
  const others = text.replace(OURS, ' ').replace(/\b\d{15}\b/gu, ' ');
  for (const form of REF_FORMS) {
    const found = form.exec(others)?.[1]?.replace(/[.,;:]+$/u, '');
    if (found && found.length >= 3 && !/^\d{1,2}[/.-]\d{1,2}/u.test(found)) return found.slice(0, MAX_REF);
  }
  return null;
}

/** A number somebody filled in, as it stands. */
export const filledRef = (value: string): string =>
  value
    .replace(/^(?:rma|n[º°o]\.?|#)\s*[:#]?\s*(?=\S*\d)/iu, '')
    .trim()
    .slice(0, MAX_REF);

const MAIL = /[^\s<>(),;:]+@[^\s<>(),;:]+\.\p{L}{2,}/u;
const PHONE = /(?<![\p{L}\d])\+?\d[\d ().-]{6,18}\d(?!\d)/u;

/** `Marta Ruiz, +34 600 111 222, marta@lab.example`. */
export function contactIn(value: string): Contact | null {
  const email = MAIL.exec(value)?.[0]?.toLowerCase() ?? null;
  const phone = PHONE.exec(value.replace(MAIL, ' '))?.[0]?.trim() ?? null;
  const name = (
    value
      .replace(MAIL, ' ')
      .replace(PHONE, ' ')
      .split(/[,;·|<(]|\s[-–]\s|\s{2,}/u)[0] ?? ''
  )
    .replace(/\b(?:tel[eé]?f?(?:ono)?|phone|ext|mobile|m[oó]vil|e-?mail|correo)\b\.?:?/giu, '')
    .replace(/[.:\s]+$/u, '')
    .trim()
    .slice(0, 120);
  const shown = name || (email ?? '');
  return shown ? { name: shown, ...(email && { email }), ...(phone && { phone }) } : null;
}

const NAME = String.raw`(\p{Lu}[\p{Ll}’'.-]+(?:\s(?:(?:de|del|la|van|von|da)\s){0,2}\p{Lu}[\p{Ll}’'.-]+){0,3})`;
const ENGINEER = new RegExp(
  String.raw`\b(?:[Tt][eé]cnic[oa]|[Ii]ngenier[oa]|[Ee]ngineer|[Tt]echnician|[Rr]esponsable|[Cc]ontact(?:o)?|(?:[Aa]ssigned|[Aa]llocated) to|[Aa]signad[oa] a|[Hh]andled by|[Ll]o lleva(?:r[aá])?|[Ll]a lleva(?:r[aá])?|[Ss]e encarga|[Ee]n manos de|[Ll]ooked after by)(?:\s(?:asignad[oa]|assigned|person|is|es|ser[aá]|will be|de contacto|a cargo|is going to be))*\s?:?\s(?:(?:Sr|Sra|Dr|Dra|Mr|Mrs|Ms|Ing)\.?\s)?${NAME}`,
  'u',
);

/** Who does it, where a sentence says so. */
export function engineerIn(sentences: Sentence[]): Contact | null {
  for (const { written } of sentences) {
    const found = ENGINEER.exec(written);
    const name = found?.[1]?.replace(/[.\s]+$/u, '');
    if (!found || !name) continue;
    const reach = contactIn(
      `${name}, ${written.slice(found.index + found[0].length).replace(/^[^+\d@]*?(?=[+\d]|\S+@)/u, '')}`,
    );
    return reach ?? { name };
  }
  return null;
}

const CARRIERS = [
  'DHL',
  'UPS',
  'FedEx',
  'SEUR',
  'MRW',
  'Correos Express',
  'Correos',
  'GLS',
  'TNT',
  'Nacex',
  'DPD',
  'CTT',
  'Zeleris',
  'InPost',
  'Royal Mail',
  'Amazon',
];
export const carrierIn = (text: string): string | null =>
  CARRIERS.find((name) => new RegExp(`\\b${name}\\b`, 'iu').test(text)) ?? null;

const TRACKING =
  /\b(?:tracking|seguimiento|localizador|env[ií]o|expedici[oó]n|awb|waybill|consignment|albar[aá]n)\b(?:\s?(?:number|n[uú]mero|no\.?|nº|n°|code|c[oó]digo|id|de|del|is|es|:|=|#))*\s*([A-Z0-9][A-Z0-9-]{6,33})\b/iu;
const LONE = /\b(?=[A-Z]*\d)[A-Z]{0,4}\d[A-Z0-9]{7,29}\b/u;

/** The number by which a carrier knows the parcel. @param carrier named beside it: a long number there is it */
export function trackingIn(text: string, carrier: string | null): string | null {
  const named = TRACKING.exec(text)?.[1];
  if (named && /\d{3}/u.test(named)) return named;
  const others = text.replace(OURS, ' ').replace(/\b\d{15}\b/gu, ' ');
  return carrier ? (LONE.exec(others)?.[0] ?? null) : null;
}

const COVER =
  /\b(?:garantia (?:de )?(\d{1,3}) (mes(?:es)?|anos?|dias)|(\d{1,3})[ -](months?|years?|mes(?:es)?|anos?)(?:'s?)? (?:de garantia|(?:of )?(?:warranty|guarantee)))/u;

/** For how long what they did holds, where they say so. */
export function coverIn(sentences: Sentence[]): RepairCover | null {
  for (const { written, folded: text } of sentences) {
    const found = COVER.exec(text);
    const [count, unit] = [Number(found?.[1] ?? found?.[3]), found?.[2] ?? found?.[4] ?? ''];
    if (!found || !count || unit.startsWith('d')) continue;
    const months = /^(?:an|y)/u.test(unit) ? count * 12 : count;
    if (months <= 120) return { months, what: written.slice(0, 500) };
  }
  return null;
}

const RESULTS: [HandoffOutcome, RegExp][] = [
  ['unrepairable', /irrepara|unrepair|not repair|beyond|no (?:tiene |se puede )?repara/u],
  ['no_fault', /sin (?:averia|fallo)|no[ _]?fault|nff|ntf|no trouble/u],
  ['replaced', /replac|sustitu|swap|cambi/u],
  ['repaired', /repair|repara|fix|arregl|resuel|resolv|soluci/u],
  ['advised', /advis|aconsej|recomend/u],
  ['other', /other|otro/u],
];
/** What was filled in as the outcome. */
export const filledOutcome = (value: string): HandoffOutcome =>
  RESULTS.find(([, form]) => form.test(folded(value)))?.[0] ?? 'other';
