import { createHash } from 'node:crypto';
import { Benefit, IssuedLink, TimelinePage } from '#contracts';
import { waitFor } from '../support/wait.js';
import { ask, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

/** The code of a voucher reaches its customer and nobody else. */
const CODE = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/u;
const GIFT = {
  kind: 'voucher',
  purpose: 'purchase',
  amountCents: 500,
  currency: 'EUR',
  validDays: 30,
  reason: 'Espera',
};

let world: World;
let agent: Staff;
beforeAll(async () => {
  world = await startWorld();
  agent = await world.login('agent@hilo.test');
});
afterAll(() => world?.stop());

const codeIn = (text: string): string => CODE.exec(text)?.[0] ?? '';
const give = (caseId: string, key: string) =>
  agent.ask(`/cases/${caseId}/benefits`, { method: 'POST', body: GIFT, headers: { 'idempotency-key': key } });
const hashOf = async (benefitId: string): Promise<string> => {
  const [row] = await world.database.query<{ hash: string }>(
    `select encode(code_hash, 'hex') as hash from benefit where id = $1`,
    [benefitId],
  );
  return row?.hash ?? '';
};
const digest = (code: string): string => createHash('sha256').update(code.replaceAll('-', '')).digest('hex');
/** All that is kept of the case, and what its screens are given. */
async function everything(caseId: string): Promise<string> {
  const [row] = await world.database.query<{ all: string }>(
    `select (select json_agg(i)::text from interaction i where i.case_id = $1) || (select json_agg(e)::text from case_event e where e.case_id = $1)
       || (select json_agg(n)::text from customer_news n) || (select json_agg(m)::text from benefit_message m) as all`,
    [caseId],
  );
  const screens = await Promise.all(
    ['', '/timeline', '/benefits'].map(async (part) => (await agent.ask(`/cases/${caseId}${part}`)).bytes.toString()),
  );
  return [row?.all ?? '', ...screens].join('\n');
}

it('by direct message, once in a storm of retries; quoted back it is dots again', async () => {
  const person = await world.outside.newcomer('Lucía Ferrer');
  await world.outside.writeDm(person, 'Llevo tres días sin línea');
  const { id } = await waitFor(async () => (await agent.cases(`q=${person.handle}`))[0]);
  const storm = await Promise.all(Array.from({ length: 10 }, () => give(id, 'la-misma')));
  const given = storm.filter(({ status }) => status === 201).map(({ body }) => Benefit.parse(body).id);
  expect(new Set(given).size).toBe(1);
  const message = await waitFor(async () => (await world.outside.dmsTo(person)).find(({ text }) => codeIn(text)));
  const code = codeIn(message.text);
  expect(message.text).toMatch(/^Hola, Lucía: .*Bono de 5,00.€.*vale hasta el/u);
  expect(digest(code)).toBe(await hashOf(given[0] ?? ''));
  await world.outside.writeDm(person, `Gracias > ${message.text}`);
  await waitFor(async () => {
    const { items } = await agent.done(`/cases/${id}/timeline`, TimelinePage);
    return items.some((entry) => entry.type === 'interaction' && entry.text.startsWith('Gracias'));
  });
  const all = await everything(id);
  expect(all).not.toContain(code);
  expect(all).not.toContain(code.replaceAll('-', ''));
  expect((await world.outside.dmsTo(person)).filter(({ text }) => codeIn(text))).toHaveLength(1);
  expect(await agent.done(`/benefits/${given[0]}`, Benefit)).toMatchObject({
    codeWay: { channel: 'twitter', state: 'sent' },
  });
  const { url } = await agent.done(`/cases/${id}/links`, IssuedLink, { method: 'POST', body: {} });
  const page = (await ask(url)).bytes.toString();
  expect(page).toMatch(/Bono de 5,00.€/u);
  expect(page).not.toContain(code);
});

it('by mail in both languages while nobody knows theirs, the code in each of them', async () => {
  const person = await world.outside.newcomer('Tom Baker');
  await world.outside.writeMail(person, { subject: '?', text: '???' });
  const id = await waitFor(async () => {
    const rows = await world.database.query<{ id: string }>(
      'select c.id from contact_point p join cases c on c.customer_id = p.customer_id where p.value = $1',
      [person.email],
    );
    return rows[0]?.id;
  });
  await world.database.query(
    'update customer set language_known = false where id = (select customer_id from cases where id = $1)',
    [id],
  );
  const { body } = await give(id, 'una-sola');
  const mail = await waitFor(async () => (await world.outside.mailsTo(person)).find(({ text }) => codeIn(text)));
  const codes = mail.text.match(new RegExp(CODE, 'gu')) ?? [];
  expect(codes).toHaveLength(2);
  expect(new Set(codes.map(digest))).toEqual(new Set([await hashOf(Benefit.parse(body).id)]));
  expect(await everything(id)).not.toContain(codes[0]);
});
