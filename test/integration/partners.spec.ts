import type { PartnerBody } from '#contracts';
import { PartnerKeys, Partners, PartnerSecrets, readPartner } from '#handoffs';
import type { Principal } from '#identity';
import { newId } from '#platform';
import { aPerson, openRooms, type Rooms } from '../factories/rooms.js';
import { partnerBody, sharing } from './partners.world.js';

let rooms: Rooms;
let admin: Principal;
let agent: Principal;

beforeAll(async () => {
  rooms = await openRooms();
  [admin, agent] = [await aPerson(rooms, 'admin'), await aPerson(rooms, 'agent')];
});
afterAll(() => rooms.close());

const run = <T>(deed: (tx: Rooms['database']['manager']) => Promise<T>) => rooms.database.transaction(deed);
const create = (body: PartnerBody, by = admin) => run((tx) => rooms.get(Partners).create(tx, by, body));
const change = (id: string, version: number, body: PartnerBody) =>
  run((tx) => rooms.get(Partners).change(tx, admin, id, { ...body, version }));
const find = (id: string) => rooms.get(Partners).find(rooms.database.manager, id);
const secretOf = async (id: string) => rooms.get(PartnerSecrets).open(await readPartner(rooms.database.manager, id));
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { code?: unknown }).code,
  );

const client = (clientSecret?: string, tokenUrl = 'https://orbe.example/token') => ({
  url: 'https://orbe.example/tmf-api/troubleTicket/v4',
  auth: { kind: 'oauth2' as const, tokenUrl, clientId: 'nexo', ...(clientSecret ? { clientSecret } : {}) },
});

describe('partners', () => {
  it('keep what was agreed at each save', async () => {
    const body = partnerBody({ terms: { text: 'Convenio 1', share: sharing('device.model') } });
    const id = await create(body);
    await change(id, 1, { ...body, terms: { ...body.terms, text: 'Convenio 2', share: [] } });
    expect(await find(id)).toMatchObject({ version: 2, terms: { text: 'Convenio 2' }, changedBy: { id: admin.id } });
    const versions = await rooms.get(Partners).versions(rooms.database.manager, id);
    expect(versions.map(({ version, terms }) => [version, terms.text, terms.share.length])).toEqual([
      [2, 'Convenio 2', 0],
      [1, 'Convenio 1', 1],
    ]);
  });

  it('are changed by one person at a time: of two that read the same, the second is told', async () => {
    const body = partnerBody();
    const id = await create(body);
    const both = await Promise.all([
      code(change(id, 1, { ...body, timeZone: 'Europe/Paris' })),
      code(change(id, 1, { ...body, timeZone: 'Europe/Rome' })),
    ]);
    expect(both.sort()).toEqual(['done', 'partner.changed_meanwhile']);
    expect((await find(id)).version).toBe(2);
  });

  it('have a name of their own, a way to be written to, and ask for nothing they are not told', async () => {
    const body = partnerBody();
    await create(body);
    expect(await code(create({ ...body, name: body.name.toUpperCase() }))).toBe('partner.name_taken');
    expect(await code(create(partnerBody({ email: null })))).toBe('partner.gateway_incomplete');
    expect(await code(create(partnerBody({ gateway: 'tmf621' })))).toBe('partner.gateway_incomplete');
    const form = [
      { key: 'imei', title: { es: 'IMEI', en: 'IMEI' }, type: 'text' as const, fact: 'device.imei' as const },
    ];
    expect(await code(create(partnerBody({ terms: { form } })))).toBe('partner.fact_not_shared');
    expect(await code(create(partnerBody({ terms: { form, share: sharing('device.imei') } })))).toBe('done');
    expect(await code(create(partnerBody(), agent))).toBe('permission.denied');
  });

  it('count by a calendar there is', async () => {
    const [body, calendar] = [partnerBody(), newId()];
    const id = await create(body);
    const unknown = { ...body, terms: { ...body.terms, calendar } };
    await expect(create({ ...unknown, name: `${body.name} bis` })).rejects.toMatchObject({
      ...{ code: 'calendar.not_found', details: { calendar } },
    });
    expect(await code(change(id, 1, unknown))).toBe('calendar.not_found');
    await rooms.db.query('insert into calendar (id, name) values ($1, $2)', [calendar, `Taller ${calendar}`]);
    await rooms.db.query(
      `insert into calendar_version (calendar_id, valid_from, time_zone, weekly, created_at) values ($1, '2026-01-01', 'UTC', '{}', now())`,
      [calendar],
    );
    expect(await code(change(id, 1, unknown))).toBe('calendar.never_opens');
    await rooms.db.query(
      `update calendar_version set weekly = '{"mon": [{"from": "09:00", "to": "17:00"}]}' where calendar_id = $1`,
      [calendar],
    );
    // Whoever has read a calendar reads it again by a higher revision.
    await rooms.db.query(`update calendar set revision = nextval('calendar_revision') where id = $1`, [calendar]);
    expect(await code(change(id, 1, unknown))).toBe('done');
    for (const named of ['house', 'always'] as const)
      expect(await code(create(partnerBody({ terms: { calendar: named } })))).toBe('done');
  });

  it('never tell the secret of their system, and keep it only for the place it was entered for', async () => {
    const body = partnerBody({ gateway: 'tmf621', tmf621: client('muy-secreto') });
    const id = await create(body);
    const shown = await find(id);
    expect(shown.hasSecret).toBe(true);
    expect(JSON.stringify(shown)).not.toContain('muy-secreto');
    const [row] = await rooms.db.query<{ all: string }>('select partner::text as all from partner where id = $1', [id]);
    expect(row?.all).not.toContain('muy-secreto');
    expect(await secretOf(id)).toBe('muy-secreto');

    await change(id, 1, { ...body, tmf621: client() });
    expect(await secretOf(id)).toBe('muy-secreto');
    const elsewhere = { ...body, tmf621: client(undefined, 'https://thief.example/token') };
    expect(await code(change(id, 2, elsewhere))).toBe('partner.secret_needed');
    await change(id, 2, { ...body, tmf621: client('otro', 'https://orbe.example/oauth/token') });
    expect(await secretOf(id)).toBe('otro');
    await change(id, 3, { ...body, tmf621: { url: body.tmf621?.url ?? '', auth: { kind: 'none' } } });
    expect((await find(id)).hasSecret).toBe(false);
    expect(await code(create(partnerBody({ gateway: 'tmf621', tmf621: client() })))).toBe('partner.secret_needed');
  });
});

describe('keys of partners', () => {
  const keys = () => rooms.get(PartnerKeys);

  it('are shown once, open for their partner alone, and nothing once taken back', async () => {
    const [one, other] = [await create(partnerBody()), await create(partnerBody())];
    const key = await run((tx) => keys().issue(tx, admin, one, { kind: 'api_key', label: 'Taller' }));
    const listed = await keys().list(rooms.database.manager, admin, one);
    expect(listed).toMatchObject([{ id: key.id, label: 'Taller', usedAt: null }]);
    expect(JSON.stringify(listed)).not.toContain(key.secret);
    expect(await run((tx) => keys().byApiKey(tx, key.secret))).toEqual({
      ...{ keyId: key.id, partnerId: one, language: 'en' },
    });
    expect((await keys().list(rooms.database.manager, admin, one))[0]?.usedAt).not.toBeNull();
    expect(await code(run((tx) => keys().revoke(tx, admin, other, key.id)))).toBe('partner_key.not_found');
    await run((tx) => keys().revoke(tx, admin, one, key.id));
    await run((tx) => keys().revoke(tx, admin, one, key.id));
    expect(await run((tx) => keys().byApiKey(tx, key.secret))).toBeNull();
    expect(await run((tx) => keys().stillOpens(tx, key.id))).toBeNull();
  });

  it('of an OAuth 2 client need its name and its secret, and are no API key', async () => {
    const body = partnerBody();
    const id = await create(body);
    const key = await run((tx) => keys().issue(tx, admin, id, { kind: 'oauth2_client', label: 'Sistema' }));
    const clientId = key.clientId ?? '';
    expect(await run((tx) => keys().byClient(tx, clientId, key.secret))).toMatchObject({ partnerId: id });
    expect(await run((tx) => keys().byClient(tx, `${clientId}x`, key.secret))).toBeNull();
    expect(await run((tx) => keys().byClient(tx, clientId, `${key.secret}x`))).toBeNull();
    expect(await run((tx) => keys().byApiKey(tx, key.secret))).toBeNull();
    await change(id, 1, { ...body, active: false });
    expect(await run((tx) => keys().byClient(tx, clientId, key.secret))).toBeNull();
  });

  it('are for who looks after partners', async () => {
    const id = await create(partnerBody());
    expect(await code(keys().list(rooms.database.manager, agent, id))).toBe('permission.denied');
    expect(await code(run((tx) => keys().issue(tx, agent, id, { kind: 'api_key', label: 'x' })))).toBe(
      'permission.denied',
    );
  });
});
