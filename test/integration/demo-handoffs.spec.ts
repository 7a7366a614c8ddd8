import { writeDemoDay } from '../../apps/launcher/src/demo/demo.js';
import { openRooms, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
beforeAll(async () => {
  rooms = await openRooms();
  const began = performance.now();
  expect(await writeDemoDay(rooms.config, 'http://127.0.0.1:3001', new Date('2026-11-24T11:00:00Z'))).toBe(true);
  process.stdout.write(`the demo's day: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
}, 300_000);
afterAll(() => rooms.close());

const query = <Row>(sql: string): Promise<Row[]> => rooms.db.query<Row & Record<string, unknown>>(sql);

it('has work with other companies in every kind of standing', async () => {
  expect(
    await query(
      `select p.name, h.state, h.nudges, c.customer_name as customer from handoff h join partner p on p.id = h.partner_id join cases c on c.id = h.case_id
       order by h.sent_at`,
    ),
  ).toMatchObject([
    { name: 'Orbe', state: 'closed', customer: 'Gonzalo Rey Amor' },
    { name: 'Orbe', state: 'in_progress', customer: 'Lucía Ferrer Aguado' },
    { name: 'Laboratorio Vega', state: 'info_requested' },
    { name: 'Ruta Exprés', state: 'sent', nudges: 2, customer: 'Dmytro Kovalenko' },
    { name: 'Vela Móvil', state: 'rejected', customer: 'Antonio Bermejo' },
  ]);
});

it('has reached them when it was sent, so that what nobody answers ends one day', async () => {
  expect(
    await query(
      `select distinct h.delivered_at = h.sent_at as reached, h.expires_at > h.delivered_at as ends from handoff h`,
    ),
  ).toEqual([{ reached: true, ends: true }]);
});

it('says where the phones are, and whose price the quote is', async () => {
  expect(
    await query(
      `select c.customer_name as customer, r.holder, p.name as at from repair_order r join cases c on c.id = r.case_id
         join handoff h on h.repair_order_id = r.id join partner p on p.id = h.partner_id where p.name = 'Orbe' order by r.opened_at`,
    ),
  ).toEqual([
    { customer: 'Gonzalo Rey Amor', holder: 'customer', at: 'Orbe' },
    { customer: 'Lucía Ferrer Aguado', holder: 'partner', at: 'Orbe' },
  ]);
  expect(await query(`select q.state, e.kind from quote q join handoff_entry e on e.id = q.from_entry`)).toEqual([
    { state: 'offered', kind: 'quoted' },
  ]);
});

it('tells nobody twice: only the maker of her phone hears of it when the sandbox is there', async () => {
  expect(
    await query(
      `select p.name, e.kind from handoff_delivery d join handoff_entry e on e.id = d.entry_id join handoff h on h.id = d.handoff_id
         join partner p on p.id = h.partner_id where d.state <> 'sent'`,
    ),
  ).toEqual([{ name: 'Orbe', kind: 'sent' }]);
  expect(
    await query(`select from delivery d join handoff h on h.told_by = d.interaction_id where d.state <> 'sent'`),
  ).toEqual([]);
});
