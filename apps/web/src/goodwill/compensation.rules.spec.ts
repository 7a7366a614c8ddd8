import { NewCompensationBody } from '#contracts';
import { fromTyped } from '../i18n/moments.js';
import { compensationSaid, type CompensationDraft } from './compensation.rules.js';

/** Wherever the browser is. */
const inMadrid = (text: string) => fromTyped({ timeZone: 'Europe/Madrid' }, text);
const typed: CompensationDraft = {
  ...{ service: 'telephone', from: '2026-11-01T09:00', to: '', fee: '30', average: '', currency: 'EUR' },
  reason: 'Antena caída',
};

it.each([
  ['still lasting', {}, { to: null, averageCents: null, monthlyFeeCents: 3000 }],
  ['over', { to: '2026-11-02T09:00' }, { from: '2026-11-01T08:00:00.000Z', to: '2026-11-02T08:00:00.000Z' }],
  ['over in summer', { from: '2026-07-01T09:00', to: '2026-07-02T09:00' }, { from: '2026-07-01T07:00:00.000Z' }],
  ['with the average bill', { average: '45,50' }, { averageCents: 4550 }],
  ['in yen', { currency: 'JPY', fee: '3000' }, { monthlyFeeCents: 3000 }],
])('%s', (_, more, said) => {
  const body = compensationSaid({ ...typed, ...more }, inMadrid);
  expect(body).toMatchObject(said);
  expect(NewCompensationBody.safeParse(body).error).toBeUndefined();
});

it.each([
  ['no beginning', { from: '' }],
  ['an end before it', { to: '2026-10-01T09:00' }],
  ['no fee', { fee: '' }],
  ['half a yen', { currency: 'JPY', fee: '30,5' }],
  ['an average that is none', { average: 'mucho' }],
  ['no reason', { reason: ' ' }],
])('not with %s', (_, more) => {
  expect(compensationSaid({ ...typed, ...more }, inMadrid)).toBeNull();
});
