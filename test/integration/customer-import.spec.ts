import { CustomerCards, CustomerImports, Preferences, readEntry, readFile } from '#cases';
import { CustomerCard, type CustomerImportAnswer, type PreferencesBody } from '#contracts';
import { ImportView } from '#views';
import { arrive, dm } from '../factories/rooms.js';
import { codeOf, openIdentity, type IdentityWorld } from './identity.world.js';

let world: IdentityWorld;
let imports: CustomerImports;
let view: ImportView;
let serial = 0;
beforeAll(async () => {
  world = await openIdentity();
  imports = world.rooms.get(CustomerImports);
  view = world.rooms.get(ImportView);
});
afterAll(() => world.rooms.close());

interface Asked {
  source?: string;
  dryRun?: boolean;
}
const bytes = async function* (text: string | Buffer) {
  yield Buffer.from(text);
};
const keep = async (csv: string | Buffer, { source = 'carrier', dryRun = false }: Asked = {}) => {
  const { header, rows } = await readFile(bytes(csv));
  return world.inTx((tx) =>
    imports.keep(tx, world.supervisor, { source, dryRun, fileName: 'clientes.csv', header }, rows),
  );
};
const answer = async (id: string): Promise<CustomerImportAnswer> => ({
  ...(await view.one(id)),
  results: await view.results(id, undefined, { limit: 200 }),
});
const finish = async (id: string) => {
  while ((await view.one(id)).state === 'running') await imports.takeSome(id);
  return answer(id);
};
const take = async (csv: string | Buffer, asked: Asked = {}) => finish(await keep(csv, asked));
const list = async (customers: unknown[], asked: Asked = {}) => {
  const rows = customers.map((entry, at) => ({ ...readEntry(entry), row: at + 1, cells: null }));
  const { source = 'carrier', dryRun = false } = asked;
  return finish(
    await world.inTx((tx) =>
      imports.keep(tx, world.supervisor, { source, dryRun, fileName: null, header: null }, rows),
    ),
  );
};
const outcomes = ({ results }: CustomerImportAnswer) =>
  results.items.map(({ outcome, reasons }) => [outcome, ...reasons.map(({ code }) => code)].join(' '));
const customerAt = (result: CustomerImportAnswer, at = 0) => result.results.items[at]?.customerId ?? '';
const cardOf = (customerId: string, by = world.agent) => world.rooms.get(CustomerCards).one(by, customerId);
const holder = async (kind: string, value: string) =>
  (
    await world.one(
      'select customer_id as id from contact_point where kind = $1 and value = $2 and valid_to is null and not shared',
      kind,
      value,
    )
  )?.['id'];
const prefer = (customerId: string, body: PreferencesBody) =>
  world.inTx((tx) => world.rooms.get(Preferences).change(tx, world.agent, customerId, body));
const aNumber = () => `NX-${String((serial += 1)).padStart(5, '0')}`;
const aLine = () => `+3461288${String((serial += 1)).padStart(4, '0')}`;

const HEAD =
  'customer_number;name;language;since;plan;lines;emails;devices;commitments;points;benefits;value_short;value_mid;value_long';

describe('an import', () => {
  it('makes the card of a customer, and sent again changes nothing', async () => {
    const [number, line] = [aNumber(), aLine()];
    const csv = `${HEAD}\n${number};Lucía Ferrer;es;2021-01-10;Fibra y móvil;${line}:2021-01-10;lucia${number}@correo.test;356938035643809:Auriga One:2026-01-01;Permanencia:2027-03-12:84,00;1240;;29,90;30,00;\n`;
    const first = await take(csv);
    expect(outcomes(first)).toEqual(['created']);
    expect(first).toMatchObject({ state: 'done', rows: 1, done: 1, counts: { created: 1 } });
    expect(outcomes(await take(csv))).toEqual(['unchanged']);
    const card = CustomerCard.parse(await cardOf(customerAt(first)));
    expect(card).toMatchObject({
      since: '2021-01-10',
      years: 5,
      tier: { tier: 'gold', by: 'rule' },
      plans: [{ name: 'Fibra y móvil', lines: 1, said: { source: 'carrier', number } }],
      value: { short: { cents: 2990 }, mid: { cents: 3000 }, long: null },
      commitments: [{ until: '2027-03-12', costCents: 8400, over: false }],
      balances: [{ points: 1240, benefits: null }],
      tell: { allowed: false, needs: 'weak', has: 'none' },
      devices: [{ imei: '•••• 809', model: 'Auriga One' }],
      preferences: { language: 'es', languageKnown: true },
    });
    expect(await holder('phone', line)).toBe(customerAt(first));
    expect(await holder('customer_number', number)).toBe(customerAt(first));
    const counted = await world.one(
      'select count(*)::int as n from contact_point where customer_id = $1',
      customerAt(first),
    );
    expect(counted).toEqual({ n: 5 });
  });

  it('refuses bad rows whole, each with why, and loses none of the others', async () => {
    const good = aNumber();
    const result = await take(
      `customer_number,name,emails,value_mid,since\n,Nadie,,,\n${aNumber()},Mal Correo,no-es-correo,,\n${aNumber()},Mal Valor,,treinta,\n${aNumber()},Mal Día,,,12/03/2021\n${aNumber()},Corta\n${good},Bien,,"29,90",2024-02-29\n${good},Otra vez,,,\n`,
    );
    expect(outcomes(result)).toEqual([
      'refused missing',
      'refused invalid',
      'refused invalid',
      'refused invalid',
      'refused columns',
      'created',
      'refused twice',
    ]);
    expect(result.results.items[3]?.reasons).toMatchObject([
      { column: 'since', es: '«since» no es válido: 12/03/2021' },
    ]);
    expect(result).toMatchObject({ state: 'done', counts: { created: 1, refused: 6 } });
    expect(await world.one(`select count(*)::int as n from customer where display_name like 'Mal %'`)).toEqual({
      n: 0,
    });
  });

  it('tells in a dry run what would be, and writes nothing', async () => {
    const number = aNumber();
    const before = await world.one('select count(*)::int as n from customer');
    const dry = await take(`customer_number,name\n${number},Seca\nx,Mal\n`, { dryRun: true });
    expect(outcomes(dry)).toEqual(['created', 'refused invalid']);
    expect(await world.one('select count(*)::int as n from customer')).toEqual(before);
    expect(await world.one('select count(*)::int as n from customer_account where number = $1', number)).toEqual({
      n: 0,
    });
  });

  it('reads what office programs write: UTF-8 with a mark, Windows-1252, UTF-16', async () => {
    const row = (number: string) => `customer_number;name\r\n${number};Íñigo Núñez\r\n`;
    const numbers = [aNumber(), aNumber(), aNumber()];
    await take(Buffer.from(`\uFEFF${row(numbers[0] ?? '')}`));
    await take(Buffer.from(row(numbers[1] ?? ''), 'latin1'));
    await take(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(row(numbers[2] ?? ''), 'utf16le')]));
    const names = await world.rows(
      'select cu.display_name as name from customer_account a join customer cu on cu.id = a.customer_id where a.number = any($1)',
      numbers,
    );
    expect(names.map(({ name }) => name as string)).toEqual(['Íñigo Núñez', 'Íñigo Núñez', 'Íñigo Núñez']);
  });

  it('takes nothing of what is no list of customers', async () => {
    expect(await codeOf(take('nombre,edad\nA,3\n'))).toBe('import.no_columns');
    expect(await codeOf(take(''))).toBe('import.no_columns');
    expect(await codeOf(take(`customer_number,name\n${aNumber()},"sin cerrar\n`))).toBe('import.unreadable');
  });

  it('does not go back to what was so before, and keeps unknown what it says nothing of', async () => {
    const number = aNumber();
    const record = { customerNumber: number, name: 'Ana', plan: 'Móvil 20', valueMidCents: 2000, asOf: '2026-02-01' };
    const first = await list([record]);
    expect(outcomes(await list([{ ...record, plan: 'Viejo', asOf: '2026-01-01' }]))).toEqual(['unchanged older']);
    expect(outcomes(await list([{ customerNumber: number, points: 10, asOf: '2026-02-02' }]))).toEqual(['updated']);
    expect(await cardOf(customerAt(first))).toMatchObject({
      plans: [{ name: 'Móvil 20', said: { asOf: '2026-02-02T00:00:00.000Z' } }],
      value: { short: null, mid: { cents: 2000 }, long: null },
      balances: [{ points: 10, benefits: null }],
    });
    expect(outcomes(await list([{ customerNumber: number, valueMidCents: null }]))).toEqual(['updated']);
    expect((await cardOf(customerAt(first))).value.mid).toBeNull();
  });
});

describe('contact points of an import', () => {
  it('a recycled line goes to its new holder; one that ended is nobody’s; one that is open twice is refused', async () => {
    const line = aLine();
    const old = await list([
      { customerNumber: aNumber(), name: 'Viejo', lines: [{ number: line, from: '2020-01-01', to: null }] },
    ]);
    const next = await list([
      { customerNumber: aNumber(), name: 'Nueva', lines: [{ number: line, from: '2026-01-15', to: null }] },
    ]);
    expect(outcomes(next)).toEqual(['created moved']);
    expect([await holder('line', line), await holder('phone', line)]).toEqual([customerAt(next), customerAt(next)]);
    const past = await world.rows(
      'select kind, end_reason from contact_point where customer_id = $1 and value = $2 order by kind',
      customerAt(old),
      line,
    );
    expect(past).toEqual([
      { kind: 'line', end_reason: 'somebody_else' },
      { kind: 'phone', end_reason: 'somebody_else' },
    ]);
    const claim = await list([
      { customerNumber: aNumber(), name: 'Otro', lines: [{ number: line, from: '2026-01-15', to: null }] },
    ]);
    expect(outcomes(claim)).toEqual(['refused line_twice']);
    const number = (await view.results(next.id, undefined, { limit: 1 })).items[0]?.customerNumber;
    await list([{ customerNumber: number, lines: [{ number: line, from: '2026-01-15', to: '2026-02-20' }] }]);
    expect(await holder('line', line)).toBeUndefined();
    expect(await holder('phone', line)).toBeUndefined();
  });

  it('of somebody who wrote before they were imported: it is them', async () => {
    const arrival = await world.aWriter();
    const result = await list([{ customerNumber: aNumber(), name: 'Quien Escribe', emails: [arrival.address] }]);
    expect(outcomes(result)).toEqual(['updated joined']);
    expect(customerAt(result)).toBe(arrival.customerId);
    expect(await world.one('select display_name, provisional from customer where id = $1', arrival.customerId)).toEqual(
      {
        display_name: 'Quien Escribe',
        provisional: false,
      },
    );
    expect(await world.one('select customer_name from cases where id = $1', arrival.caseId)).toEqual({
      customer_name: 'Quien Escribe',
    });
  });

  it('that are another customer’s stay theirs, and somebody is asked; never a merge', async () => {
    const email = world.anAddress();
    const first = await list([{ customerNumber: aNumber(), name: 'Rosa Prieto', emails: [email] }]);
    const second = await list([{ customerNumber: aNumber(), name: 'Rosa Prieto', emails: [email] }]);
    expect(outcomes(second)).toEqual(['created taken']);
    expect(await holder('email', email)).toBe(customerAt(first));
    const asked = await world.rows(
      'select newcomer_id, known_id, state from match_suggestion where newcomer_id = $1',
      customerAt(second),
    );
    expect(asked).toEqual([{ newcomer_id: customerAt(second), known_id: customerAt(first), state: 'open' }]);
    expect(await world.one('select count(*)::int as n from merge')).toEqual({ n: 0 });
  });

  it('come once from two imports at the same time', async () => {
    const numbers = Array.from({ length: 60 }, aNumber);
    const csv = (order: string[]) =>
      `customer_number,name,emails\n${order.map((number) => `${number},Cliente ${number},${number.toLowerCase()}@correo.test`).join('\n')}\n`;
    const ids = await Promise.all([keep(csv(numbers)), keep(csv([...numbers].reverse()))]);
    const [one, other] = await Promise.all(ids.map(finish));
    const counts = [one, other].map((result) => [
      result?.counts.created ?? 0,
      result?.counts.unchanged ?? 0,
      result?.counts.refused ?? 0,
    ]);
    expect(counts.map(([created = 0, unchanged = 0]) => created + unchanged)).toEqual([60, 60]);
    expect(counts.reduce((sum, [created = 0]) => sum + created, 0)).toBe(60);
    expect(
      await world.one(
        'select count(*)::int as n, count(distinct customer_id)::int as people from customer_account where number = any($1)',
        numbers,
      ),
    ).toEqual({ n: 60, people: 60 });
  });

  it('go on where they stopped', async () => {
    const numbers = Array.from({ length: 450 }, aNumber);
    const id = await keep(`customer_number,name\n${numbers.map((number) => `${number},Nombre`).join('\n')}\n`);
    await imports.takeSome(id);
    expect(await view.one(id)).toMatchObject({ state: 'running', rows: 450, done: 200, finishedAt: null });
    await imports.takeSome(id);
    expect(await finish(id)).toMatchObject({ state: 'done', done: 450, counts: { created: 450 } });
    expect(
      await world.one(
        'select count(*)::int as n from customer_import_row where import_id = $1 and record is not null',
        id,
      ),
    ).toEqual({ n: 0 });
  });
});

describe('preferences', () => {
  it('that one of us wrote down stand over what an import says', async () => {
    const number = aNumber();
    const record = { customerNumber: number, name: 'Eva', language: 'es', channel: 'email', formality: 'usted' };
    const id = customerAt(await list([record]));
    await prefer(id, { channel: 'phone', language: 'en', hours: { days: ['mon', 'tue'], from: '09:00', to: '14:00' } });
    const result = await list([{ ...record, formality: 'tu' }]);
    expect(outcomes(result)).toEqual(['updated preference_kept preference_kept']);
    expect((await cardOf(id)).preferences).toMatchObject({
      channel: 'phone',
      language: 'en',
      languageKnown: true,
      formality: 'tu',
      hours: { days: ['mon', 'tue'], from: '09:00', to: '14:00' },
      said: { channel: { source: 'staff', by: { id: world.agent.id } }, formality: { source: 'carrier', by: null } },
    });
  });

  it('need a likely identity where somebody is talking with us, and are told on the case', async () => {
    const caller = await arrive(world.rooms, {
      ...dm('9001'),
      channel: 'phone',
      contact: { kind: 'phone', value: '+34612999001', handle: null, display: '+34612999001' },
      account: null,
    });
    expect(await codeOf(prefer(caller.customerId, { formality: 'tu' }))).toBe('proof.required');
    await world.seen(caller.caseId, '12345678Z');
    expect(await codeOf(prefer(caller.customerId, { formality: 'tu' }))).toBe('done');
    expect(
      await world.rows(
        `select data, actor_id from case_event where case_id = $1 and type = 'preferences.changed'`,
        caller.caseId,
      ),
    ).toEqual([{ data: { fields: ['formality'] }, actor_id: world.agent.id }]);
  });

  it('are of those who may see the customer', async () => {
    const id = customerAt(await list([{ customerNumber: aNumber(), name: 'Lejos' }]));
    expect(await codeOf(cardOf(id, world.clerk))).toBe('customer.not_found');
    expect(await codeOf(list([{}]))).toBe('done');
    expect(
      await codeOf(
        world.inTx((tx) =>
          imports.keep(tx, world.agent, { source: 'x', dryRun: false, fileName: null, header: null }, []),
        ),
      ),
    ).toBe('permission.denied');
  });
});
