import type { Language } from '#contracts';
import { en } from './words.en.js';
import { es } from './words.es.js';
import type { Words } from './words.js';

/** The words of the page in each language it speaks. */
export const WORDS: Record<Language, Words> = { es, en };
