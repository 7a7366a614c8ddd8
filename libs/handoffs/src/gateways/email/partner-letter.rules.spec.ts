import { type HandoffWord, TakerWord, type HandoffDocument, type Language } from '#contracts';
import { partnerLetter, type LetterSource } from './partner-letter.rules.js';
import { understand } from './partner-mail.rules.js';

const DOCUMENT: HandoffDocument = {
  reference: 'H-7K2F-9Q.1',
  mode: 'custody',
  priority: 'high',
  ask: 'Cambiar la pantalla <hoy>',
  form: { purchase_day: '2026-01-05', wiped: true },
  customer: { name: 'Robin Díaz', language: 'es' },
  device: { model: 'Orbe 5 Pro', imei: '356938035643809' },
  problems: ['No enciende; no podemos aceptar más retrasos'],
  impacts: [],
  story: [{ kind: 'fact', text: 'Se cayó al agua', at: '2026-11-21T10:00:00.000Z', by: 'Lucía' }],
  warranty: null,
  purchase: null,
  consent: null,
  files: [],
};
const LINK = 'https://hilo.example/desk/abc';

const source = (word: HandoffWord, more: Partial<LetterSource> = {}): LetterSource => ({
  word,
  brand: 'Nexo',
  byName: 'Lucía',
  direction: 'out',
  reference: 'H-7K2F-9Q.1',
  state: 'sent',
  language: 'es',
  timeZone: 'Europe/Madrid',
  document: DOCUMENT,
  form: [
    {
      key: 'purchase_day',
      title: { es: 'Fecha de compra', en: 'Purchase date' },
      type: 'date',
      choices: [],
      required: true,
    },
  ],
  page: LINK,
  pageFor: (action) => `${LINK}?do=${action}`,
  attached: [],
  tooLarge: [],
  ...more,
});

it('a new handoff is a mail with what they may know, buttons, and lines to fill in', () => {
  const { subject, text, html } = partnerLetter(source({ kind: 'sent' }, { attached: ['foto-1.jpg'] }));
  expect(subject).toBe('H-7K2F-9Q.1 · Orbe 5 Pro');
  for (const line of [
    'Nexo les pasa este trabajo.',
    'Traspaso: H-7K2F-9Q.1',
    'Prioridad: alta',
    'Petición: Cambiar la pantalla <hoy>',
    'IMEI: 356938035643809',
    'Fecha de compra: 5 de enero de 2026',
    '- foto-1.jpg',
    `Aceptar → ${LINK}?do=accepted`,
    'Número RMA:',
  ])
    expect(text.split('\n')).toContain(line);
  expect(html).toContain('Cambiar la pantalla &lt;hoy&gt;');
  expect(html).toContain(`<a href="${LINK}?do=rejected"`);
  expect(html).not.toContain('<hoy>');
});

it('what was taken back is told no more, and has no page', () => {
  const { text, html, subject } = partnerLetter(
    source({ kind: 'recalled', reason: 'el cliente no quiere' }, { state: 'recalled', document: null, page: null }),
  );
  expect(subject).toBe('Re: H-7K2F-9Q.1 · Nexo');
  for (const told of [text, html]) expect(told).not.toMatch(/Orbe|3569|Robin|https?:|RMA/u);
});

it('a nudge says which work it is and where to read it, and nothing of it', () => {
  const { text, html, subject } = partnerLetter(source({ kind: 'nudged', text: 'El cliente espera.' }));
  expect(subject).toBe('Re: H-7K2F-9Q.1 · Nexo');
  for (const line of ['El cliente espera.', 'Traspaso: H-7K2F-9Q.1', `Todo en una página → ${LINK}`])
    expect(text.split('\n')).toContain(line);
  for (const told of [subject, text, html])
    expect(told).not.toMatch(/Orbe|3569|Robin|pantalla|enciende|agua|5 de enero/u);
});

it.each(['es', 'en'] as const)(
  'whoever answers without cutting anything off has said nothing with our own words (%s)',
  (language) => {
    const { text } = partnerLetter(source({ kind: 'sent' }, { language }));
    const quoted = text
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n');
    for (const fresh of [`Gracias.\n\n${text.slice(text.indexOf('##-'))}`, `Gracias.\n${quoted}`])
      expect(understand(reply(fresh, language)).words).toMatchObject([
        { kind: 'acknowledged', text: expect.stringMatching(/^Gracias/u) },
      ]);
  },
);

const reply = (fresh: string, language: Language) => ({
  fresh,
  quoted: null,
  subject: null,
  direction: 'out' as const,
  state: 'sent' as const,
  mode: 'custody' as const,
  language,
  timeZone: 'Europe/Madrid',
  at: new Date('2026-11-23T10:00:00.000Z'),
});

const WORDS: HandoffWord[] = [
  { kind: 'acknowledged' },
  {
    kind: 'accepted',
    partnerRef: 'ORB-1',
    engineer: { name: 'Julia Orbe', phone: '+34 600 111 222', email: 'julia@orbe.example' },
    etaAt: '2026-11-27T11:30:00.000Z',
  },
  { kind: 'rejected', reason: 'Fuera de garantía', nextStep: 'Reparación de pago' },
  { kind: 'asked', question: '¿Cuál es el IMEI?' },
  { kind: 'in_progress' },
  { kind: 'eta', etaAt: '2026-12-01T17:00:00.000Z', reason: 'No llega la pieza' },
  {
    kind: 'quoted',
    quote: {
      currency: 'EUR',
      lines: [
        { description: 'Pantalla', kind: 'part', quantity: 1, listCents: 40_000, priceCents: 20_000 },
        { description: 'Mano de obra', kind: 'labour', quantity: 1, listCents: 6050, priceCents: 6050 },
      ],
    },
  },
  { kind: 'received' },
  { kind: 'dispatched', carrier: 'SEUR', trackingNumber: '0812345678', etaAt: '2026-11-25T17:00:00.000Z' },
  { kind: 'resolved', outcome: 'no_fault', text: 'No se ha visto nada.' },
  { kind: 'info', text: 'Es el 356938035643809.' },
  { kind: 'quote_answered', approved: true },
  { kind: 'quote_answered', approved: false },
  { kind: 'reopened', reason: 'Sigue sin encender' },
  { kind: 'cancelled', reason: 'El cliente ya no quiere' },
  { kind: 'closed' },
  { kind: 'note', text: 'Mañana es fiesta aquí.' },
];

describe.each(['es', 'en'] as const)('another of these products understands what this one writes (%s)', (language) => {
  it.each(WORDS.map((word) => [word.kind, word] as const))('%s', (_kind, word) => {
    const isTakers = TakerWord.safeParse(word).success;
    const state = word.kind === 'info' ? 'info_requested' : 'accepted';
    const { text } = partnerLetter(source(word, { language, direction: isTakers ? 'in' : 'out', state }));
    const { words } = understand({ ...reply(text, language), direction: isTakers ? 'out' : 'in', state });
    const [{ text: _text, ...facts }] = [{ text: null, ...word }];
    expect(words.map(({ kind }) => kind)).toContain(word.kind);
    expect(words.find(({ kind }) => kind === word.kind)).toMatchObject(facts);
    expect(words.filter(({ kind }) => kind !== word.kind && kind !== 'note')).toEqual([]);
  });
});
