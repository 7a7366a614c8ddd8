import type { HandoffDocument, Language } from '#contracts';

const HEADS: Record<
  Language,
  Record<
    'form' | 'problems' | 'impacts' | 'device' | 'fault' | 'lock' | 'warranty' | 'purchase' | 'consent' | 'story',
    string
  >
> = {
  es: {
    form: 'Datos que pedís',
    problems: 'Qué pasa',
    impacts: 'De qué está privado el cliente',
    device: 'Estado del teléfono',
    fault: 'Avería',
    lock: 'Bloqueo',
    warranty: 'Garantía',
    purchase: 'Compra',
    consent: 'Consentimiento',
    story: 'La historia hasta ahora',
  },
  en: {
    form: 'What you ask for',
    problems: 'What is wrong',
    impacts: 'What the customer is without',
    device: 'Condition of the phone',
    fault: 'Fault',
    lock: 'Lock',
    warranty: 'Warranty',
    purchase: 'Purchase',
    consent: 'Consent',
    story: 'The story so far',
  },
};

/** A document in words, for systems that know a ticket by its description: of what is shared, everything. */
export function describe(document: HandoffDocument, language: Language): string {
  const heads = HEADS[language];
  const one = (head: string, text: string | null | undefined) => (text ? [`${head}: ${text}`] : []);
  const many = (head: string, lines: string[]) =>
    lines.length > 0 ? [`${head}:\n${lines.map((line) => `- ${line}`).join('\n')}`] : [];
  return [
    document.ask,
    ...many(heads.problems, document.problems),
    ...many(heads.impacts, document.impacts),
    ...one(heads.fault, document.device.fault),
    ...one(heads.device, document.device.condition),
    ...one(heads.lock, document.device.lock),
    ...one(heads.warranty, document.warranty),
    ...one(heads.purchase, document.purchase),
    ...one(heads.consent, document.consent),
    ...many(
      heads.form,
      Object.entries(document.form).map(([key, value]) => `${key}: ${value}`),
    ),
    ...many(
      heads.story,
      document.story.map(({ at, text }) => `${at.slice(0, 10)} ${text}`),
    ),
  ].join('\n\n');
}

const SPOKEN: Record<
  Language,
  Record<'approved' | 'refused' | 'nudged' | 'received' | 'dispatched' | 'gone', string>
> = {
  es: {
    approved: 'El presupuesto está aprobado.',
    refused: 'El presupuesto no se acepta.',
    nudged: '¿Cómo va esto? Esperamos noticias.',
    received: 'El teléfono ha llegado.',
    dispatched: 'El teléfono va de vuelta.',
    gone: 'Lo que se contó en este traspaso ya no se enseña.',
  },
  en: {
    approved: 'The quote is approved.',
    refused: 'The quote is not accepted.',
    nudged: 'How is this going? We are waiting to hear.',
    received: 'The phone has arrived.',
    dispatched: 'The phone is on its way back.',
    gone: 'What was told in this handoff is no longer shown.',
  },
};

/** What is said in words of ours where nobody wrote any. */
export const spoken = (language: Language) => SPOKEN[language];
