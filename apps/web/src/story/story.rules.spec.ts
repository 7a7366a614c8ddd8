import type { StoryFact, StoryPromise } from '#contracts';
import { cellsOf, handoverOf, heldFacts, likelyKind } from './story.rules.js';

let serial = 0;
const fact = (kind: StoryFact['kind'], text: string, more: Partial<StoryFact> = {}): StoryFact => ({
  id: `f${(serial += 1)}`,
  kind,
  code: null,
  values: {},
  text,
  language: 'es',
  at: '2026-11-16T09:12:00.000Z',
  author: { kind: 'agent', id: null, displayName: 'Marta Rey' },
  entryId: null,
  promise: null,
  corrected: false,
  source: 'fact',
  ...more,
});
const promise = (state: 'open' | 'kept', keptBy: StoryPromise['keptBy'] = null) => ({
  id: 'p',
  kind: 'other' as const,
  state,
  by: { id: 'm', displayName: 'Marta Rey' },
  dueAt: '2026-11-19T18:00:00.000Z',
  keptBy,
});
const customer = { id: 'c', displayName: 'Lucía Ferrer', tier: 'gold' as const, language: 'es' as const };
const moments = { day: () => '16 nov', moment: () => '19 nov, 18:00' };

it('tells in the order of a story, folds what is older and what is settled', () => {
  const cells = cellsOf([
    fact('tried', 'a'),
    fact('promised', 'kept', { promise: promise('kept') }),
    fact('tried', 'b'),
    fact('promised', 'open', { promise: promise('open') }),
    fact('tried', 'c'),
    fact('broke', 'd'),
  ]);
  const texts = (facts: StoryFact[]) => facts.map(({ text }) => text);
  expect(cells.map(({ kind, facts, folded }) => [kind, texts(facts), texts(folded)])).toEqual([
    ['broke', ['d'], []],
    ['tried', ['b', 'c'], ['a']],
    ['promised', ['open'], ['kept']],
  ]);
});

it('hands over in the language of the reader; free words stay as they were written', () => {
  const detail = {
    reference: 'H-7K2F-9Q',
    customer,
    problem: 'No enciende',
    assignee: null,
    story: [
      fact('tried', '', { text: null, code: 'call_attempt', values: { times: 2, direction: 'inbound' } }),
      fact('promised', 'Copiar las fotos', { promise: promise('open') }),
    ],
  };
  expect(handoverOf(detail, 'en', moments)).toBe(
    'H-7K2F-9Q · Lucía Ferrer · No enciende\nTried: 16 nov: Called 2 times, nobody answered\nPromised: Copiar las fotos · Marta Rey, 19 nov, 18:00 (open)',
  );
});

it('says of a promise that was kept by a message after its time that it was late', () => {
  const detail = { reference: 'H-1', customer, problem: null, assignee: null };
  const at = (keptAt: string) => {
    const kept = promise('kept', { entryId: 'e', at: keptAt });
    return handoverOf({ ...detail, story: [fact('promised', 'Escribir', { promise: kept })] }, 'es', moments);
  };
  expect(at('2026-11-19T17:00:00.000Z')).toContain('(cumplido)');
  expect(at('2026-11-19T18:30:00.000Z')).toContain('(cumplido tarde)');
});

it('knows what is held, and nothing that is not', () => {
  const nothing = {
    customer: { ...customer, displayName: '@lucia' },
    contactPoints: [],
    reference: 'H-1',
    problems: [],
    story: [],
  };
  expect(heldFacts(nothing)).toEqual({ reference: 'H-1' });
  const device = fact('broke', '', { text: null, code: 'device', values: { imei: '356938035643809' } });
  expect(heldFacts({ ...nothing, customer, story: [device] })).toEqual({
    reference: 'H-1',
    name: 'Lucía Ferrer',
    imei: '356938035643809',
  });
});

it.each([
  ['He probado con otro cargador', 'tried'],
  ['Acepto los 100 €', 'decided'],
  ['Las fotos de mi hija', 'lost'],
  ['Nos deben un bono', 'owed'],
  ['Se apagó cargando', 'broke'],
] as const)('«%s» sounds like %s', (text, kind) => expect(likelyKind(text)).toBe(kind));
