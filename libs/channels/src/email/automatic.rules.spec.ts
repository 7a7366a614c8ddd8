import fc from 'fast-check';
import { AUTOMATIC_HEADERS, automaticKindOf } from './automatic.rules.js';

const kindOf = (
  headers: Record<string, string>,
  over: { envelopeFrom?: string | null; sender?: string; subject?: string } = {},
) => {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return automaticKindOf({
    header: (name) => lower.get(name) ?? '',
    envelopeFrom: 'robin@example.com',
    sender: 'robin@example.com',
    subject: 'No funciona',
    ...over,
  });
};

it('a person is nobody else', () => {
  expect(kindOf({})).toBeNull();
  expect(kindOf({ 'Auto-Submitted': 'no' })).toBeNull();
  expect(kindOf({ 'X-Autoreply': 'no', 'In-Reply-To': '<1@x>', Precedence: 'normal' })).toBeNull();
  expect(kindOf({}, { envelopeFrom: null })).toBeNull();
});

it.each<[string, Record<string, string>, { envelopeFrom?: string | null; subject?: string }]>([
  ['vacation of Unix', { 'Auto-Submitted': 'auto-replied (vacation)' }, {}],
  ['Gmail', { 'Auto-Submitted': 'auto-replied; owner-email="a@x"', Precedence: 'bulk', 'X-Autoreply': 'yes' }, {}],
  [
    'Exchange',
    { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    { subject: 'Automatic reply: Avería' },
  ],
  ['a ticket system', { 'Auto-Submitted': 'auto-generated', 'In-Reply-To': '<1@hilo.test>' }, {}],
  ['cPanel', { 'X-Autorespond': 'Re: hola', Precedence: 'auto_reply' }, {}],
  ['a null sender', {}, { envelopeFrom: '', subject: 'Automatic reply: Avería' }],
  ['one in a mailbox', { 'Return-Path': '<>' }, { envelopeFrom: null, subject: 'Respuesta automática: Avería' }],
  ['an old Outlook', { 'X-Auto-Response-Suppress': 'OOF, DR' }, { subject: 'Fuera de la oficina: Re: Avería' }],
  ['what we ourselves send', AUTOMATIC_HEADERS, {}],
])('%s answers automatically', (_who, headers, over) => {
  expect(kindOf(headers, over)).toBe('auto_reply');
});

it.each([
  ['list', { 'List-Id': '<care.groups.example.com>', 'List-Unsubscribe': '<mailto:x@y>' }],
  ['list', { Precedence: 'list' }],
  ['bulk', { Precedence: 'bulk' }],
  ['generated', { 'Auto-Submitted': 'auto-generated' }],
  ['unattended', { 'X-Auto-Response-Suppress': 'DR, RN' }],
  ['unattended', { 'Feedback-ID': '1:x:y' }],
  ['unattended', { 'Return-Path': '<>' }],
] as const)('%s counts as a message, and is not answered by a program', (kind, headers) => {
  expect(kindOf(headers)).toBe(kind);
});

it.each(['Automatic reply: hola', 'Respuesta automática: Avería', 'Réponse automatique : x', 'Abwesenheitsnotiz'])(
  'a subject alone is no proof: %s',
  (subject) => expect(kindOf({}, { subject })).toBe('unattended'),
);

it('people write about being away', () => {
  expect(kindOf({}, { subject: 'Re: estuve fuera de la oficina' })).toBeNull();
});

it.each(['no-reply@x.es', 'noreply+7@x.es', 'MAILER-DAEMON@x.es', 'do_not_reply@x.es'])('nobody reads %s', (sender) =>
  expect(kindOf({}, { sender: sender.toLowerCase() })).toBe('unattended'),
);

it('never throws, whatever stands in the headers', () => {
  const any = fc.string({ maxLength: 300 });
  fc.assert(
    fc.property(fc.record({ 'auto-submitted': any, precedence: any, 'list-id': any }), any, (headers, subject) => {
      expect([null, 'auto_reply', 'generated', 'list', 'bulk', 'unattended']).toContain(kindOf(headers, { subject }));
    }),
  );
});

it('is quick with headers made to hold it up', () => {
  const begun = performance.now();
  for (const piece of ['(', '((', ' ', 'a', 'no-reply.'])
    kindOf({ 'Auto-Submitted': piece.repeat(3000) }, { subject: piece.repeat(3000), sender: piece.repeat(3000) });
  expect(performance.now() - begun).toBeLessThan(500);
});
