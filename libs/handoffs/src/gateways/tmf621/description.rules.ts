import type { Language } from '#contracts';
import { blockText, documentInWords, type DocumentSource } from '../../share/document.text.rules.js';

/** A document in words, for systems that know a ticket by its description: of what is shared, all that has no field of its own there. */
export const describe = (source: DocumentSource): string =>
  documentInWords(source, ['priority', 'mode', 'name', 'phone', 'email', 'model', 'imei']).map(blockText).join('\n\n');

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
