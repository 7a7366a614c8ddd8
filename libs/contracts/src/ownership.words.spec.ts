import { NextActionBody, NextActionCode } from './ownership.js';
import { dayInWords, nextActionForCustomer, nextActionText, whyText, type WhyAbout } from './ownership.words.js';

const NOW = new Date('2026-11-19T12:00:00Z');
const about = (you: boolean): WhyAbout => ({ you, customer: 'Lucía Ferrer', now: NOW, timeZone: 'Europe/Madrid' });
const why = (
  code: 'last_handler' | 'same_store' | 'least_load' | 'nobody',
  values: Record<string, string | number>,
) => ({
  code,
  values,
  at: NOW.toISOString(),
});

it.each([
  ['2026-11-19T00:30:00Z', 'hoy', 'today'],
  ['2026-11-18T22:30:00Z', 'ayer', 'yesterday'],
  ['2026-11-17T12:00:00Z', 'el martes', 'on Tuesday'],
  ['2026-03-03T12:00:00Z', 'el 3 de marzo', 'on 3 March'],
])('%s was %s', (moment, es, en) => {
  expect(dayInWords(new Date(moment), NOW, 'es', 'Europe/Madrid')).toBe(es);
  expect(dayInWords(new Date(moment), NOW, 'en', 'Europe/Madrid')).toBe(en);
});

it('says why, to whom it concerns and to others', () => {
  const called = why('last_handler', { at: '2026-11-17T12:00:00Z', channel: 'phone' });
  expect(whyText(called, about(true), 'es')).toBe('Porque hablaste por teléfono con Lucía el martes');
  expect(whyText(called, about(false), 'es')).toBe('Porque trató con Lucía el martes');
  expect(whyText(called, about(true), 'en')).toBe('Because you spoke on the phone with Lucía on Tuesday');
  const wrote = why('last_handler', { at: '2026-11-18T12:00:00Z', channel: 'twitter' });
  expect(whyText(wrote, about(true), 'es')).toBe('Porque escribiste a Lucía ayer');
  expect(whyText(why('same_store', { storeName: 'Nexo Goya' }), about(true), 'es')).toBe(
    'Porque Lucía ha estado en Nexo Goya',
  );
  expect(whyText(why('least_load', { load: 3 }), about(false), 'en')).toBe('Because they have the fewest cases (3)');
});

it('has words for every next action, for staff and for customers, who are not shown what was written for the house', () => {
  for (const language of ['es', 'en'] as const)
    for (const code of NextActionCode.options) {
      const action = { code, values: { storeName: 'Nexo Goya' }, text: code === 'other' ? 'Buscar la factura' : null };
      expect(nextActionText(action, language)).not.toMatch(/undefined|^$/u);
      expect(nextActionForCustomer(action, language)).not.toMatch(/undefined|^$|factura/u);
    }
});

it('takes either a time or a reason, and words with other alone', () => {
  const valid = (body: unknown) => NextActionBody.safeParse(body).success;
  const dueAt = NOW.toISOString();
  expect(valid({ code: 'call_back', dueAt })).toBe(true);
  expect(valid({ code: 'call_back' })).toBe(false);
  expect(valid({ code: 'call_back', dueAt, noDue: 'in_turn' })).toBe(false);
  expect(valid({ code: 'other', noDue: 'in_turn' })).toBe(false);
  expect(valid({ code: 'other', text: ' ', noDue: 'in_turn' })).toBe(false);
  expect(valid({ code: 'reply', text: 'x', noDue: 'in_turn' })).toBe(false);
});
