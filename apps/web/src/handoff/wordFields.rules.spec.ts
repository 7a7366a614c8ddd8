import { GiverWord, TakerWord } from '#contracts';
import { isSaid, offerOf, WORD_FIELDS, wordOf } from './wordFields.rules.js';

const moment = (typed: string) => `${typed}:00.000Z`;

it('asks only for what the word knows', () => {
  const options = [...TakerWord.options, ...GiverWord.options];
  for (const [kind, fields] of Object.entries(WORD_FIELDS)) {
    const shape = options.find((option) => option.shape.kind.value === kind)?.shape;
    if (!shape) continue;
    const unknown = fields.map(({ key }) => key.split('.')[0] ?? key).filter((key) => !(key in shape));
    expect([kind, unknown]).toEqual([kind, []]);
  }
});

it('says what was typed and leaves out what was not', () => {
  const typed = { partnerRef: ' RMA-7 ', etaAt: '2026-11-20T12:00', 'engineer.name': 'Teresa Olmo', text: ' ' };
  expect(wordOf('accepted', typed, moment)).toEqual({
    ...{ kind: 'accepted', partnerRef: 'RMA-7', etaAt: '2026-11-20T12:00:00.000Z' },
    engineer: { name: 'Teresa Olmo' },
  });
  expect(wordOf('quote_answered', {}, moment, { approved: true })).toEqual({ kind: 'quote_answered', approved: true });
});

it('is nothing where a part of it makes no sense', () => {
  expect(wordOf('accepted', { 'engineer.phone': '600 000 000' }, moment)).toBeNull();
  expect(wordOf('accepted', { 'engineer.name': 'T', 'engineer.email': 'no' }, moment)).toBeNull();
  expect(wordOf('resolved', { outcome: 'repaired', text: 'ok', 'cover.months': '6' }, moment)).toBeNull();
});

it('is said once all that must be is there', () => {
  expect(isSaid('rejected', { nextStep: 'otro' })).toBe(false);
  expect(isSaid('rejected', { reason: 'fuera de garantía' })).toBe(true);
  expect(isSaid('nudged', {})).toBe(true);
});

describe('a price of ours', () => {
  const line = { description: 'Placa', kind: 'part' as const, quantity: '1', list: '400', price: '200' };
  const typed = {
    currency: 'EUR',
    lines: [line],
    agreement: 'Acuerdo 2026',
    months: '6',
    what: 'placa',
    until: '',
    text: '',
  };
  const cents = (text: string) => (/^\d+$/u.test(text) ? Number(text) * 100 : null);

  it('carries list and price of each piece, and what is covered', () => {
    expect(offerOf(typed, cents, moment)).toEqual({
      kind: 'quoted',
      quote: {
        currency: 'EUR',
        lines: [{ description: 'Placa', kind: 'part', quantity: 1, listCents: 40_000, priceCents: 20_000 }],
        ...{ agreement: 'Acuerdo 2026', cover: { months: 6, what: 'placa' }, validUntil: null },
      },
      text: null,
    });
  });

  it('is the list where nothing else is typed, and nothing where it is above it or no amount', () => {
    const at = (price: string) => offerOf({ ...typed, lines: [{ ...line, price }] }, cents, moment);
    expect(at('')).toMatchObject({ quote: { lines: [{ priceCents: 40_000 }] } });
    expect(at('500')).toBeNull();
    expect(at('mucho')).toBeNull();
  });
});
