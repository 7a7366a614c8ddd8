import { staffLetter, type ToldOfCase } from './staff-letter.rules.js';

const around = {
  ...{ displayName: 'Eva Vidal', baseUrl: 'https://hilo.example', timeZone: 'Europe/Madrid' },
  now: new Date('2026-11-22T22:00:00Z'),
};
const values = { metric: 'relief', reason: 'breach', acknowledgeBy: '2026-11-22T22:15:00.000Z' };
const lucia: ToldOfCase = {
  case: { reference: 'H-7K2F-9Q', customerName: 'Lucía <Ferrer> Gil' },
  items: [{ kind: 'escalated', values }],
};

it('of one thing says it in the subject, with the first name and no word of the customer', () => {
  const { subject, text, html } = staffLetter([lucia], { ...around, language: 'es' });
  expect(subject).toBe(
    'Lucía: Escalado a ti: volver a estar conectado, está fuera de plazo. Acusa recibo antes de las 23:15',
  );
  expect(text).toContain('Hola, Eva:\n\nLucía · H-7K2F-9Q\n- Escalado a ti');
  expect(text).toContain('https://hilo.example/cases/H-7K2F-9Q');
  expect(html).toContain('<a href="https://hilo.example/cases/H-7K2F-9Q">Abrir el caso</a>');
  expect(html).toContain('<html lang="es">');
  expect(`${text}${html}`).not.toContain('Ferrer');
});

it('of several counts them, a part for each case, in the language of its reader', () => {
  const others = Array.from({ length: 22 }, (_, at) => ({
    case: { reference: `H-${at}`, customerName: `<b>Noa</b>${at}` },
    items: Array.from({ length: 7 }, () => ({ kind: 'customer_wrote' as const, values: { channel: 'email' } })),
  }));
  const { subject, text, html } = staffLetter([lucia, ...others], { ...around, language: 'en' });
  expect(subject).toBe('155 updates on your cases');
  expect(text).toContain('- and 2 more\n');
  expect(text).toContain('\n\nand 3 more\n');
  expect(html).not.toContain('<b>Noa');
});

it('keeps its subject on one line, whatever somebody calls themselves', () => {
  const sly = { case: { reference: 'H-1', customerName: 'X\r\nBcc: all@hilo.test' }, items: lucia.items };
  expect(staffLetter([sly], { ...around, language: 'es' }).subject).not.toMatch(/[\r\n]/u);
});

it.each([
  'https://nexo-staff.test/login?x=1 Gil',
  'nexo-staff.test',
  '@nexo',
  'ana@correo.test',
  '+34612407718',
  'x'.repeat(5000),
  '',
])('leads nowhere else, though a customer calls themselves %j', (customerName) => {
  const sly = { case: { reference: 'H-1', customerName }, items: lucia.items };
  const { subject, text, html } = staffLetter([sly], { ...around, language: 'es' });
  expect(subject).toMatch(/^H-1: Escalado a ti/u);
  expect(text).toContain('\n\nH-1\n- ');
  if (customerName) expect(`${subject}${text}${html}`).not.toContain(customerName.split(' ')[0]);
});

it.each(['Íñigo', 'Ana-Belén', "D'Angelo", 'José'.normalize('NFD'), 'J.', 'Mª'])('calls %j by their name', (name) => {
  const told = { case: { reference: 'H-1', customerName: `${name} Gil` }, items: lucia.items };
  expect(staffLetter([told], { ...around, language: 'es' }).text).toContain(`\n\n${name} · H-1\n`);
});

it('a digest leads to the inbox', () => {
  const digest = { kind: 'digest' as const, values: { wrote: 4, due: 2, late: 0, until: '2026-11-23T09:00:00.000Z' } };
  const { subject, text } = staffLetter([{ case: null, items: [digest] }], { ...around, language: 'es' });
  expect(subject).toBe('Mientras no estabas: 4 han escrito, 2 vencen antes del 23 nov, 10:00');
  expect(text).toContain('https://hilo.example/inbox?view=mine');
});
