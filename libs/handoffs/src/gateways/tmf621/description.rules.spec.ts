import type { HandoffDocument, Language } from '#contracts';
import { describe as inWords } from './description.rules.js';

const DOCUMENT: HandoffDocument = {
  ...{ reference: 'H-7K2F-9Q.1', mode: 'custody', priority: 'high', ask: 'Cambiar la pantalla' },
  form: { purchase_day: '2026-01-05', wiped: true, old_key: 'algo', noted_day: 'ayer' },
  customer: { name: 'Robin Díaz', phone: '+34 600 111 222', language: 'es' },
  device: { model: 'Orbe 5 Pro', imei: '356938035643809', fault: 'Pantalla rota' },
  problems: ['No enciende', 'Se calienta'],
  impacts: ['Llamadas'],
  story: [{ kind: 'fact', text: 'Se cayó al agua', at: '2026-11-21T23:30:00.000Z', by: 'Lucía' }],
  ...{ warranty: null, purchase: null, consent: null, files: [] },
};
const field = (key: string, es: string, en: string, type: 'date' | 'boolean') => ({
  ...{ key, title: { es, en }, type, choices: [], required: true },
});
const form = [
  field('purchase_day', 'Fecha de compra', 'Purchase date', 'date'),
  field('wiped', '¿Borrado?', 'Wiped?', 'boolean'),
  field('noted_day', 'Visto', 'Seen', 'date'),
];
const lines = (language: Language) =>
  inWords({ document: DOCUMENT, form, language, timeZone: 'Europe/Madrid' }).split('\n');

it('says what is told with the names of their form and the days of their clock, in their language', () => {
  expect(lines('es')).toEqual([
    'Petición: Cambiar la pantalla',
    'Idioma: español',
    'Avería: Pantalla rota',
    'Problema: No enciende · Se calienta',
    'Qué no funciona: Llamadas',
    'Fecha de compra: 5 de enero de 2026',
    '¿Borrado?: sí',
    'old_key: algo',
    'Visto: ayer',
    '',
    'Qué ha pasado:',
    '- 2026-11-22 00:30 · Lucía: Se cayó al agua',
  ]);
  expect(lines('en')).toEqual(
    expect.arrayContaining(['Purchase date: January 5, 2026', 'Wiped?: yes', 'Fault: Pantalla rota']),
  );
});

it('leaves out what a ticket has a field of its own for', () => {
  expect(lines('en').join('\n')).not.toMatch(/Robin|600|Orbe|3569|Priority|Kind of work/u);
});
