import type { Language } from '#contracts';
import { folded } from './reply.text.rules.js';

/** The lines `Key: value` of a mail: what we ask to be filled in, and what we write ourselves. */

export const REPLY_KEYS = [
  'answer',
  'ref',
  'engineer',
  'eta',
  'quote',
  'question',
  'reason',
  'nextStep',
  'outcome',
  'carrier',
  'tracking',
  'text',
] as const;
export type ReplyKey = (typeof REPLY_KEYS)[number];

/** As we write them. */
export const KEY_TITLES: Record<ReplyKey, Record<Language, string>> = {
  answer: { es: 'Respuesta', en: 'Answer' },
  ref: { es: 'Número RMA', en: 'RMA number' },
  engineer: { es: 'Técnico', en: 'Engineer' },
  eta: { es: 'Fecha prevista', en: 'Expected date' },
  quote: { es: 'Presupuesto', en: 'Quote' },
  question: { es: 'Pregunta', en: 'Question' },
  reason: { es: 'Motivo', en: 'Reason' },
  nextStep: { es: 'Siguiente paso', en: 'Next step' },
  outcome: { es: 'Resultado', en: 'Outcome' },
  carrier: { es: 'Transportista', en: 'Carrier' },
  tracking: { es: 'Seguimiento', en: 'Tracking number' },
  text: { es: 'Mensaje', en: 'Message' },
};

/** As people and systems write them besides, without accents and capitals. */
const OTHERWISE: Record<ReplyKey, string[]> = {
  answer: ['decision', 'estado', 'status', 'response', 'reply', 'contestacion'],
  ref: [
    'rma',
    'numero de rma',
    'nº rma',
    'n rma',
    'rma no',
    'rma nr',
    'rma #',
    'rma id',
    'caso',
    'numero de caso',
    'case',
    'case number',
    'case no',
    'ticket',
    'ticket number',
    'numero de ticket',
    'referencia',
    'reference',
    'your reference',
    'our reference',
    'nuestra referencia',
    'expediente',
    'orden',
    'order',
    'work order',
  ],
  engineer: [
    'technician',
    'ingeniero',
    'ingeniera',
    'tecnica',
    'responsable',
    'contact',
    'contacto',
    'assigned to',
    'asignado a',
    'handled by',
  ],
  eta: [
    'eta',
    'fecha',
    'date',
    'due',
    'due date',
    'plazo',
    'entrega',
    'fecha de entrega',
    'fecha estimada',
    'estimated date',
    'expected',
    'ready by',
    'fecha de devolucion',
    'return date',
    'expected return',
  ],
  quote: [
    'precio',
    'price',
    'presupuesto (lista → precio)',
    'quote (list → price)',
    'cotizacion',
    'oferta',
    'offer',
    'coste',
    'cost',
    'importe',
  ],
  question: ['pregunta', 'duda', 'consulta', 'query', 'we need', 'necesitamos'],
  reason: ['razon', 'motivo del rechazo', 'reason for rejection', 'rejection reason', 'causa', 'cause'],
  nextStep: ['next steps', 'siguientes pasos', 'proximo paso', 'next'],
  outcome: ['result', 'resultado', 'resolution', 'resolucion', 'repair result'],
  carrier: ['courier', 'mensajeria', 'agencia', 'transporte', 'shipped by', 'enviado por'],
  tracking: [
    'tracking',
    'tracking no',
    'tracking id',
    'numero de seguimiento',
    'nº de seguimiento',
    'localizador',
    'numero de envio',
    'awb',
    'waybill',
  ],
  text: [
    'comentario',
    'comentarios',
    'comment',
    'comments',
    'nota',
    'notas',
    'note',
    'notes',
    'observaciones',
    'remarks',
  ],
};

const BY_NAME = new Map(
  REPLY_KEYS.flatMap((key) =>
    [...Object.values(KEY_TITLES[key]), ...OTHERWISE[key]].map((name) => [folded(name), key] as const),
  ),
);
const LINE = /^\s*(?:[-*•·]\s*)?([\p{L}\p{N}#º°.()→ ]{2,40}?)\s*[:=]\s*(.*)$/u;
/** What we write into lines that are to be filled in, and nobody has touched. */
const HINT = /^[<([{].*[>)\]}]$|^_+$|^\.{2,}$|^-+$|\p{L}\s*\/\s*\p{L}.*\/\s*\p{L}/u;
const GOES_ON = new Set<ReplyKey>(['question', 'reason', 'nextStep', 'text', 'quote']);

export interface KeyedReply {
  keys: Partial<Record<ReplyKey, string>>;
  /** What stands in no such line. */
  rest: string;
}

const keyIn = (line: string): [ReplyKey, string] | null => {
  const [, name = '', value = ''] = LINE.exec(line) ?? [];
  const key = BY_NAME.get(folded(name).replace(/[*_]/gu, '').replace(/\s+/gu, ' ').trim());
  return key ? [key, value.replace(/^\*+|\*+$/gu, '').trim()] : null;
};

/**
 * The lines that were filled in, and the rest. A long answer goes on until an empty line or the next key. Of a key that stands there
 * twice the first that was filled in counts.
 */
export function keysIn(text: string): KeyedReply {
  const keys: KeyedReply['keys'] = {};
  const rest: string[] = [];
  let open: ReplyKey | null = null;
  for (const line of text.split('\n')) {
    const keyed = keyIn(line);
    if (keyed) {
      const [key, value] = keyed;
      const isFilled = value !== '' && !HINT.test(value) && keys[key] === undefined;
      if (isFilled) keys[key] = value;
      open = isFilled && GOES_ON.has(key) ? key : null;
    } else if (open && line.trim()) keys[open] = `${keys[open]}\n${line.trim()}`;
    else {
      open = null;
      rest.push(line);
    }
  }
  return { keys, rest: rest.join('\n').trim() };
}
