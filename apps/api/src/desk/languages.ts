import type { Language } from '#contracts';
import { en } from './words.en.js';
import { es } from './words.es.js';
import type { DeskWords } from './words.js';

/** The words of the desk in each language it speaks. */
export const DESK_WORDS: Record<Language, DeskWords> = { es, en };
