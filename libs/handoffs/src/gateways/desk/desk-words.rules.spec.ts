import { DeskAction } from '#contracts';
import { centsOf, wordTyped, type Typed } from './desk-words.rules.js';

const now = new Date('2026-03-16T09:00:00Z');
const reading = { timeZone: 'Europe/Madrid', now, attachmentIds: [] };
const read = (action: DeskAction, typed: Typed, more: object = {}) => wordTyped(action, typed, { ...reading, ...more });
const word = (action: DeskAction, typed: Typed) => read(action, typed).word;
const trouble = (action: DeskAction, typed: Typed) => read(action, typed).trouble;

describe('what is typed on the desk', () => {
  it('is a yes with their number, who does it and until when, by their clock', () => {
    const typed = {
      partnerRef: ' RMA-9 ',
      engineer: 'Eva',
      engineerPhone: '+34 600',
      date: '2026-03-20',
      time: '12:30',
    };
    expect(word('accepted', typed)).toEqual({
      ...{ kind: 'accepted', partnerRef: 'RMA-9', text: null, etaAt: '2026-03-20T11:30:00.000Z' },
      engineer: { name: 'Eva', email: null, phone: '+34 600' },
    });
    expect(word('accepted', {})).toMatchObject({ kind: 'accepted', partnerRef: null, engineer: null, etaAt: null });
    expect(trouble('accepted', { engineerEmail: 'eva@lab.example' })).toEqual({ field: 'engineer', why: 'needed' });
    expect(trouble('accepted', { engineer: 'Eva', engineerEmail: 'eva' })).toEqual({
      ...{ field: 'engineerEmail', why: 'format' },
    });
    expect(trouble('accepted', { partnerRef: 'x'.repeat(81) })).toEqual({ field: 'partnerRef', why: 'tooLong' });
  });

  it('is a day until work ends, in summer time too, and none that is over or does not exist', () => {
    expect(word('eta', { date: '2026-07-01' })).toMatchObject({ etaAt: '2026-07-01T16:00:00.000Z' });
    expect(trouble('eta', {})).toEqual({ field: 'date', why: 'needed' });
    expect(trouble('eta', { date: '2026-03-15' })).toEqual({ field: 'date', why: 'past' });
    expect(trouble('eta', { date: '2026-02-30' })).toEqual({ field: 'date', why: 'date' });
    expect(trouble('eta', { date: 'mañana' })).toEqual({ field: 'date', why: 'date' });
  });

  it('is a no only with what is to be done instead', () => {
    expect(trouble('rejected', { reason: 'No es nuestro' })).toEqual({ field: 'nextStep', why: 'needed' });
    expect(trouble('rejected', { reason: ' ', nextStep: 'x' })).toEqual({ field: 'reason', why: 'needed' });
    expect(word('rejected', { reason: 'No', nextStep: 'Taller' })).toEqual({
      ...{ kind: 'rejected', reason: 'No', nextStep: 'Taller' },
    });
  });

  it('is a quote of its lines, with what the list has and what it costs', () => {
    const typed = {
      ...{ d0: 'Placa base', k0: 'part', l0: '400,00', p0: '200', d3: 'Envío', k3: 'shipping', p3: '7,5' },
      ...{ agreement: 'Convenio 26', coverMonths: '6', coverWhat: 'La placa' },
    };
    expect(word('quoted', typed)).toMatchObject({
      kind: 'quoted',
      quote: {
        ...{ currency: 'EUR', agreement: 'Convenio 26', cover: { months: 6, what: 'La placa' } },
        lines: [
          { description: 'Placa base', kind: 'part', quantity: 1, listCents: 40_000, priceCents: 20_000 },
          { description: 'Envío', kind: 'shipping', quantity: 1, listCents: 750, priceCents: 750 },
        ],
      },
    });
  });

  it.each<[Typed, string, string]>([
    [{}, 'd0', 'needed'],
    [{ l0: '4' }, 'd0', 'needed'],
    [{ d0: 'Placa' }, 'l0', 'needed'],
    [{ d0: 'Placa', l0: 'gratis' }, 'l0', 'money'],
    [{ d0: 'Placa', l0: '4', p0: '5' }, 'p0', 'above'],
    [{ d0: 'Placa', l0: '4', n0: '0' }, 'n0', 'number'],
    [{ d0: 'Placa', l0: '4', k0: 'oro' }, 'k0', 'format'],
    [{ d1: 'x'.repeat(201), l1: '4' }, 'd0', 'tooLong'],
    [{ d0: 'Placa', l0: '9999999' }, 'l0', 'tooLong'],
    [{ d0: 'Placa', l0: '4', currency: 'XXZ' }, 'currency', 'money'],
    [{ d0: 'Placa', l0: '4', coverMonths: '6' }, 'coverWhat', 'needed'],
    [{ d0: 'Placa', l0: '4', coverWhat: 'Todo' }, 'coverMonths', 'needed'],
  ])('is no quote: %j', (typed, field, why) => {
    expect(trouble('quoted', typed)).toEqual({ field, why });
  });

  it('is a note, or nothing but files, or neither', () => {
    expect(word('note', { text: 'Hola' })).toEqual({ kind: 'note', text: 'Hola' });
    expect(trouble('note', { text: ' ' })).toEqual({ field: 'text', why: 'needed' });
    const attachmentIds = ['0199aaaa-0000-7000-8000-000000000001'];
    expect(read('note', {}, { attachmentIds }).word).toEqual({ kind: 'file', attachmentIds, text: null });
  });

  it('is yes or no to a quote, and never yes by leaving it out', () => {
    expect(word('quote_answered', { approved: 'yes' })).toMatchObject({ approved: true });
    expect(word('quote_answered', { approved: 'no' })).toMatchObject({ approved: false });
    expect(trouble('quote_answered', {})).toEqual({ field: 'approved', why: 'needed' });
  });

  it('is there for every word', () => {
    for (const action of DeskAction.options) expect(() => read(action, {})).not.toThrow();
  });
});

it.each<[string, number | null]>([
  ['400', 40_000],
  ['400,00', 40_000],
  ['400.5', 40_050],
  ['1.234,50', 123_450],
  ['1,234.50', 123_450],
  ['1.234', 123_400],
  ['€ 7', 700],
  ['7 EUR', 700],
  ['', null],
  ['-4', null],
  ['4,00,1', null],
  ['1e3', null],
  ['4,123', 412_300],
])('%s is %s cents', (written, cents) => {
  expect(centsOf(written, 'EUR')).toBe(cents);
});
it('a yen has no hundredths', () => {
  expect([centsOf('400', 'JPY'), centsOf('4,5', 'JPY')]).toEqual([400, null]);
});
