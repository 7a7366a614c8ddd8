import { CustomerCard, CustomerImportAnswer, CustomerImportPage } from '#contracts';
import { waitFor } from '../support/wait.js';
import { errorOf, Staff } from './staff.js';
import { startWorld, type World } from './world.js';

describe('the door of imports', () => {
  let world: World;
  let supervisor: Staff;
  let agent: Staff;

  beforeAll(async () => {
    world = await startWorld();
    supervisor = await Staff.login(world.url, 'supervisor@hilo.test', 'hilo-demo');
    agent = await Staff.login(world.url, 'agent@hilo.test', 'hilo-demo');
  });
  afterAll(() => world?.stop());

  const form = (csv: string | Buffer, name = 'clientes.csv') => {
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(Buffer.from(csv))], { type: 'text/csv' }), name);
    return body;
  };
  const send = (body: unknown, query = '', who = supervisor) =>
    who.ask(`/customers/import${query}`, { method: 'POST', body });
  const sent = async (body: unknown, query = '') => CustomerImportAnswer.parse((await send(body, query)).body);
  const outcomes = ({ results }: CustomerImportAnswer) => results.items.map(({ outcome }) => outcome);

  it('takes a file and a list, and answers row by row; sent again it changes nothing', async () => {
    const csv = 'customer_number,name,value_mid\nE-0001,Ana,"30,00"\nE-0002,Luis,\n';
    expect(outcomes(await sent(form(csv), '?dryRun=true'))).toEqual(['created', 'created']);
    const first = await sent(form(csv));
    expect([first.state, ...outcomes(first)]).toEqual(['done', 'created', 'created']);
    expect(outcomes(await sent(form(csv)))).toEqual(['unchanged', 'unchanged']);
    const list = { customers: [{ customerNumber: 'E-0002', valueMidCents: 1500 }, { name: 'Sin número' }, 7] };
    expect(outcomes(await sent(list))).toEqual(['updated', 'refused', 'refused']);
    const card = await agent.ask(`/customers/${first.results.items[0]?.customerId}/card`);
    expect(CustomerCard.parse(card.body)).toMatchObject({
      value: { short: null, mid: { cents: 3000, currency: 'EUR' }, long: null },
      commitmentsKnown: false,
      said: [{ source: 'carrier', number: 'E-0001' }],
    });
    const all = CustomerImportPage.parse((await supervisor.ask('/imports?limit=2')).body);
    expect(all.items).toHaveLength(2);
    expect(all.nextCursor).not.toBeNull();
  });

  it('takes many in the background, and tells how far they are', async () => {
    const rows = Array.from({ length: 700 }, (_, at) => `B-${String(at).padStart(5, '0')},Cliente ${at}`);
    const answer = await sent(form(`customer_number,name\n${rows.join('\n')}\n`));
    expect(answer).toMatchObject({ rows: 700 });
    const done = await waitFor(async () => {
      const now = CustomerImportAnswer.parse((await supervisor.ask(`/imports/${answer.id}?limit=200`)).body);
      return now.state === 'done' && now;
    });
    expect(done).toMatchObject({ done: 700, counts: { created: 700, refused: 0 } });
    const next = await supervisor.ask(`/imports/${answer.id}?limit=200&cursor=${done.results.nextCursor}`);
    expect(CustomerImportAnswer.parse(next.body).results.items[0]?.row).toBe(202);
  });

  it('gives back what was refused so that no spreadsheet runs it', async () => {
    const answer = await sent(
      form('customer_number;name;since\nF-0001;=cmd|/c calc;ayer\nF-0002;+34 600;ayer\nF-0003;"@SUM(1;2)";ayer\n'),
    );
    expect(answer.counts.refused).toBe(3);
    const { bytes, headers } = await supervisor.ask(`/imports/${answer.id}/refusals.csv`);
    expect(headers.get('content-type')).toContain('text/csv');
    const lines = bytes.toString().split('\r\n');
    expect(lines[0]).toBe('\uFEFFcustomer_number,name,since,row,reasons');
    expect(lines.slice(1, 4).map((line) => line.split(',ayer')[0])).toEqual([
      "F-0001,'=cmd|/c calc",
      "F-0002,'+34 600",
      `F-0003,"'@SUM(1;2)"`,
    ]);
    const again = await sent(
      form(
        bytes
          .toString()
          .replaceAll(',row,reasons', '')
          .replace(/,ayer,\d+,[^\r]*/gu, ',2026-01-01'),
      ),
    );
    expect(outcomes(again)).toEqual(['created', 'created', 'created']);
    const name = await world.database.query<{ name: string }>(
      `select cu.display_name as name from customer_account a join customer cu on cu.id = a.customer_id where a.number = 'F-0001'`,
    );
    expect(name[0]?.name).toBe('=cmd|/c calc');
  });

  it('refuses what makes no sense, whole, and who may not', async () => {
    const refusal = async (body: unknown, query = '', who = supervisor) => {
      const { status, code } = errorOf(await send(body, query, who));
      return [status, code];
    };
    const before = await world.database.query('select count(*)::int as n from customer_import');
    expect(await refusal(form('a,b\n1,2\n'))).toEqual([422, 'import.no_columns']);
    expect(await refusal(form('customer_number\nG-0001\n"nunca se cierra\n'))).toEqual([422, 'import.unreadable']);
    const mixed = Buffer.concat([
      Buffer.from('customer_number,name\nG-0001,Núñez\n'),
      Buffer.alloc(70_000, 0x41),
      Buffer.from([0xf1, 0x0a]),
    ]);
    expect((await refusal(form(mixed)))[0]).toBe(422);
    expect(await refusal(form(Buffer.alloc(51 * 1024 * 1024, 'customer_number\n')))).toEqual([
      413,
      'request.too_large',
    ]);
    expect(await refusal({ customers: [] })).toEqual([400, 'request.invalid']);
    expect(await refusal({ customers: [{}] }, '?source=No%20Vale')).toEqual([400, 'request.invalid']);
    expect(await refusal(form('customer_number\nG-0001\n'), '', agent)).toEqual([403, 'permission.denied']);
    expect(errorOf(await agent.ask('/imports'))).toMatchObject({ status: 403 });
    expect(errorOf(await supervisor.ask('/imports/0192aaaa-0000-7000-8000-000000000000'))).toMatchObject({
      status: 404,
    });
    expect(await world.database.query('select count(*)::int as n from customer_import')).toEqual(before);
    expect(await world.database.query(`select from customer_account where number like 'G-%'`)).toEqual([]);
  });
});
