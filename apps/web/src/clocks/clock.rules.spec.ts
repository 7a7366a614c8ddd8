import { expect, it } from '@jest/globals';
import { en } from '../i18n/en.js';
import { es } from '../i18n/es.js';
import { clockName } from './clock.rules.js';

it('the clock of a partner is called by who has it', () => {
  for (const [words, named] of [
    [es, 'Respuesta de {partner}'],
    [en, 'Answer by {partner}'],
  ] as const) {
    const t = (key: keyof typeof es) => words[key];
    expect(clockName(t, 'partner_answer', 'Orbe')).toBe(named);
    expect(clockName(t, 'partner_answer', null)).toBe(words['clock.partner_answer']);
    expect(clockName(t, 'relief', undefined)).toBe(words['clock.relief']);
  }
});
