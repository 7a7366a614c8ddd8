import { randomUUID } from 'node:crypto';
import {
  CaseDetail,
  CaseLinks,
  InteractionEntry,
  isForCustomer,
  IssuedLink,
  NoteEntry,
  TELL_MORE,
  TimelinePage,
} from '#contracts';
import { waitFor } from '../support/wait.js';
import { type Answer, ask, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const DAY = 86_400_000;

let world: World;
let agent: Staff;
beforeAll(async () => {
  world = await startWorld();
  agent = await world.login('agent@hilo.test');
});
afterAll(() => world?.stop());

/** A case of somebody who wrote on X, and a live link to it. */
async function aTrackedCase(name = 'Lucía Ferrer') {
  const person = await world.outside.newcomer(name);
  await world.outside.writeDm(person, `Soy ${name}, se me ha muerto el móvil`);
  const [row] = await waitFor(async () => {
    const rows = await agent.cases(`q=${person.handle}`);
    return rows.length === 1 && rows;
  });
  if (!row) throw new Error('no case');
  const link = await issue(row.id);
  return { person, caseId: row.id, reference: row.reference, link };
}

const issue = (caseId: string, body: object = {}) =>
  agent.done(`/cases/${caseId}/links`, IssuedLink, { method: 'POST', body });
const look = (url: string, headers: Record<string, string> = {}): Promise<Answer> => ask(url, { headers });
const idsOn = (page: string): string[] => [...page.matchAll(/<li id="e-([0-9a-f-]{36})"/gu)].map(([, id]) => id ?? '');

async function idsOfEveryPage(url: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | undefined = url; next;) {
    const page: string = (await look(next)).bytes.toString();
    ids.push(...idsOn(page));
    const older: string | undefined = /href="([^"]*before=[^"#]*)/u.exec(page)?.[1];
    next = older && new URL(older.replaceAll('&amp;', '&'), url).href;
  }
  return ids;
}

async function timelineOf(caseId: string) {
  return (await agent.done(`/cases/${caseId}/timeline?limit=500`, TimelinePage)).items;
}

const formOf = (page: string, fields: Record<string, string>, photos: [string, string, Buffer][] = []): FormData => {
  const form = new FormData();
  form.set('nonce', fields['nonce'] ?? /name="nonce" value="([^"]+)"/u.exec(page)?.[1] ?? '');
  form.set('text', fields['text'] ?? '');
  for (const [name, type, bytes] of photos) form.append('photos', new Blob([new Uint8Array(bytes)], { type }), name);
  return form;
};

describe('the page of a case', () => {
  it('shows exactly what is for the customer, over all its pages, in no more than 100 kB each', async () => {
    const { person, caseId, link } = await aTrackedCase();
    await agent.done(`/cases/${caseId}/notes`, NoteEntry, { method: 'POST', body: { text: 'SECRETO-INTERNO' } });
    await agent.done(`/cases/${caseId}/notes`, NoteEntry, {
      method: 'POST',
      body: { text: 'SECRETO-SOCIO', audience: 'partner' },
    });
    await agent.done(`/cases/${caseId}/notes`, NoteEntry, {
      method: 'POST',
      body: { text: 'Para ti', audience: 'customer' },
    });
    await agent.visit({
      storeId: world.stores.goya,
      caseReference: caseId ? (await agent.case(caseId)).reference : '',
      text: 'Trae el móvil',
      device: { imei: '356938035643809', model: 'Auriga One' },
    });
    const undone = await agent.reply(caseId, { channel: 'twitter', text: 'DESHECHA' });
    await agent.done(`/interactions/${undone.id}/undo`, InteractionEntry, { method: 'POST' });
    for (let index = 0; index < 30; index += 1)
      await world.outside.writeDm(person, `${index} ${'largo <b>&"texto" '.repeat(200)}`);
    await waitFor(async () => (await agent.interactions(caseId)).length >= 32);
    await agent.reply(caseId, { channel: 'twitter', text: 'RETENIDA' });

    const pages = await look(link.url);
    expect(pages.status).toBe(200);
    const wanted = (await timelineOf(caseId)).filter(isForCustomer).map(({ id }) => id);
    const shown = await idsOfEveryPage(link.url);
    expect(shown).toHaveLength(new Set(shown).size);
    expect(new Set(shown)).toEqual(new Set(wanted));
    expect(pages.bytes.length).toBeLessThan(100_000);
    const text = pages.bytes.toString();
    expect(text).not.toMatch(/SECRETO|RETENIDA|DESHECHA|<b>&|356938035643809/u);
    // Once it can no longer be taken back it was said.
    world.clock.advance(60_000);
    await waitFor(async () => (await look(link.url)).bytes.toString().includes('RETENIDA'));
  }, 60_000);

  it('speaks the language of its customer, and the other one when asked', async () => {
    const { caseId, link } = await aTrackedCase('Amy Pond');
    expect((await look(link.url)).bytes.toString()).toContain('<html lang="es">');
    expect((await look(`${link.url}?lang=en`)).bytes.toString()).toContain('Amy, we have received your case');
    const { customer } = await agent.case(caseId);
    await world.database.query(`update customer set language = 'en' where id = $1`, [customer.id]);
    expect((await look(link.url)).bytes.toString()).toContain('<html lang="en">');
  });

  it('is kept by nobody, runs nothing and tells nobody where it is', async () => {
    const { link } = await aTrackedCase();
    const { headers, bytes } = await look(link.url);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|script-src/u);
    expect(headers.getSetCookie()).toEqual([]);
    expect(bytes.toString()).not.toMatch(/<script|javascript:|https?:\/\/(?!127|www\.w3\.org\/2000\/svg)/u);
  });

  it('counts who looks, writes down the first time, and lets staff see it', async () => {
    const { caseId, link } = await aTrackedCase();
    const { id: contactPointId, display } = (await agent.case(caseId)).contactPoints[0] ?? { id: '', display: '' };
    const sent = await issue(caseId, { contactPointId });
    expect(sent.contactPoint).toMatchObject({ id: contactPointId, display });
    await look(sent.url);
    await look(sent.url);
    await ask(sent.url, { method: 'HEAD' });
    await look(sent.url, { 'sec-purpose': 'prefetch' });
    const { items } = await agent.done(`/cases/${caseId}/links`, CaseLinks);
    expect(items.find(({ id }) => id === sent.id)).toMatchObject({ opens: 2, state: 'live' });
    expect(items.find(({ id }) => id === link.id)).toMatchObject({ opens: 0, lastOpenedAt: null });
    const events = (await timelineOf(caseId)).filter(
      (entry) => entry.type === 'event' && entry.event === 'link.opened',
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ author: { kind: 'customer' }, data: { linkId: sent.id, contactPointId } });
    const [kept] = await world.database.query('select * from case_link where id = $1', [sent.id]);
    expect(JSON.stringify(kept)).not.toContain(sent.url.split('/t/')[1]);
  });

  it('a link is made for an address of its customer only', async () => {
    const [mine, other] = [await aTrackedCase('Una'), await aTrackedCase('Otra')];
    const { contactPoints } = await agent.case(other.caseId);
    const answer = await agent.ask(`/cases/${mine.caseId}/links`, {
      method: 'POST',
      body: { contactPointId: contactPoints[0]?.id },
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'link.contact_point_unknown' } });
  });
});

describe('telling more', () => {
  it('puts words and photos on the same case, once, and shows them', async () => {
    const { caseId, link } = await aTrackedCase();
    const page = (await look(link.url)).bytes.toString();
    const form = () =>
      formOf(page, { text: 'Se me olvidó: también pita' }, [
        ['roto.jpg', 'image/jpeg', JPEG],
        ['dos.jpg', 'image/jpeg', JPEG],
      ]);
    const answers = await Promise.all(
      [1, 2, 3].map(() => ask(`${link.url}/more?lang=en`, { method: 'POST', body: form() })),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`/t/${link.url.split('/t/')[1]}?lang=en&sent=1`);
    }
    const said = (await agent.interactions(caseId)).filter(({ channel }) => channel === 'web');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({
      text: 'Se me olvidó: también pita',
      direction: 'inbound',
      matchedBy: 'signed_link',
      author: { kind: 'customer', displayName: 'Lucía Ferrer' },
    });
    expect(said[0]?.attachments.map(({ fileName }) => fileName)).toEqual(['roto.jpg', 'dos.jpg']);
    expect(await agent.content(said[0]?.attachments[0]?.id ?? '')).toEqual(JPEG);
    expect(await agent.case(caseId)).toMatchObject({ unread: 2, lastChannel: 'web' });
    const after = (await look(`${link.url}?sent=1`)).bytes.toString();
    expect(after).toContain('Recibido');
    const file = await look(new URL(/href="([^"]*\/files\/[^"]+)"/u.exec(after)?.[1] ?? '', link.url).href);
    expect(file.bytes).toEqual(JPEG);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/u);
  });

  it('refuses what is empty, too much or no photo, keeps the words, and takes nothing in', async () => {
    const { caseId, link } = await aTrackedCase();
    const page = (await look(link.url)).bytes.toString();
    const send = async (form: FormData) => {
      const { status, bytes } = await ask(`${link.url}/more`, { method: 'POST', body: form });
      return { status, page: bytes.toString() };
    };
    expect((await send(formOf(page, { text: '  ' }))).status).toBe(422);
    const program = await send(
      formOf(page, { text: 'Mira <esto>' }, [['virus.exe', 'application/x-msdownload', JPEG]]),
    );
    expect(program.status).toBe(422);
    expect(program.page).toContain('Mira &lt;esto&gt;</textarea>');
    const large = Buffer.alloc(TELL_MORE.photoBytes + 1);
    expect((await send(formOf(page, { text: 'x' }, [['g.jpg', 'image/jpeg', large]]))).status).toBe(413);
    const many = Array.from({ length: TELL_MORE.photos + 1 }, (): [string, string, Buffer] => [
      'f.jpg',
      'image/jpeg',
      JPEG,
    ]);
    expect((await send(formOf(page, { text: 'x' }, many))).status).toBe(413);
    expect((await send(formOf(page, { text: 'x'.repeat(TELL_MORE.textLength + 1) }))).status).toBe(413);
    expect((await agent.interactions(caseId)).filter(({ channel }) => channel === 'web')).toEqual([]);
  });

  it('is not for those who never stop', async () => {
    const { caseId, link } = await aTrackedCase();
    const statuses: number[] = [];
    for (let index = 0; index < 22; index += 1)
      statuses.push(
        (await ask(`${link.url}/more`, { method: 'POST', body: formOf('', { nonce: randomUUID(), text: `${index}` }) }))
          .status,
      );
    expect(statuses).toEqual([...Array<number>(20).fill(303), 429, 429]);
    expect((await agent.interactions(caseId)).filter(({ channel }) => channel === 'web')).toHaveLength(20);
    world.clock.advance(61 * 60_000);
    expect(
      (await ask(`${link.url}/more`, { method: 'POST', body: formOf('', { nonce: randomUUID(), text: 'luego' }) }))
        .status,
    ).toBe(303);
  });

  it('on a case closed lately opens it again', async () => {
    const { caseId, link } = await aTrackedCase();
    await world.database.query(`update cases set status = 'closed', closed_at = now() where id = $1`, [caseId]);
    await ask(`${link.url}/more`, {
      method: 'POST',
      body: formOf('', { nonce: randomUUID(), text: 'Vuelve a fallar' }),
    });
    expect(await agent.done(`/cases/${caseId}`, CaseDetail)).toMatchObject({
      status: 'in_solution',
      preview: 'Vuelve a fallar',
    });
  });
});

describe('a link that leads nowhere', () => {
  it('never made, over, taken back by us or by them, of an address that is another’s: all say the same', async () => {
    const made = async () => (await aTrackedCase()).link.url;
    const [unknown, over, ours, theirs] = [
      `${world.url}/t/${'A'.repeat(32)}`,
      await aTrackedCase(),
      await aTrackedCase(),
      await made(),
    ];
    await world.database.query(
      `update case_link set issued_at = $2::timestamptz - interval '31 days', expires_at = $2 where id = $1`,
      [over.link.id, world.clock.now()],
    );
    expect((await agent.ask(`/cases/${ours.caseId}/links/${ours.link.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(`${theirs}/revoke`, { method: 'POST' })).status).toBe(200);
    const recycled = await aTrackedCase();
    const { contactPoints } = await agent.case(recycled.caseId);
    const sent = await issue(recycled.caseId, { contactPointId: contactPoints[0]?.id });
    await world.database.query('update contact_point set valid_to = now() where id = $1', [contactPoints[0]?.id]);
    const urls = [
      unknown,
      `${world.url}/t/x`,
      `${world.url}/t/${'%F0'.repeat(3)}a`,
      over.link.url,
      ours.link.url,
      theirs,
      sent.url,
    ];
    const plain = ({ status, headers, bytes }: Answer) => ({
      status,
      text: bytes.toString(),
      headers: Object.fromEntries(
        [...headers].filter(([name]) => !['date', 'x-request-id', 'connection', 'keep-alive'].includes(name)),
      ),
    });
    const first = plain(await look(unknown));
    expect(first.status).toBe(404);
    for (const url of urls.filter((url) => !url.includes('%')))
      for (const [path, method] of [
        ['', 'GET'],
        ['/more', 'POST'],
        ['/revoke', 'POST'],
        [`/files/${randomUUID()}`, 'GET'],
      ])
        expect({ url, path, ...plain(await ask(url + path, { method })) }).toEqual({ url, path, ...first });
    world.clock.advance(16 * 60_000);
  });

  it('ends by itself after thirty days', async () => {
    const { link } = await aTrackedCase();
    world.clock.advance(30 * DAY - 60_000);
    expect((await look(link.url)).status).toBe(200);
    world.clock.advance(120_000);
    expect((await look(link.url)).status).toBe(404);
    // Nobody's session lasts that long.
    agent = await world.login('agent@hilo.test');
  });

  it('tried too often shuts the door for that network, for a quarter of an hour', async () => {
    world.clock.advance(60 * 60_000);
    const { link } = await aTrackedCase();
    const from = (ip: string) => ({ 'x-forwarded-for': ip });
    const guess = async (ip: string) =>
      (await look(`${world.url}/t/${randomUUID().replaceAll('-', '')}`, from(ip))).status;
    // All at once get no more answers than one after the other.
    const statuses = await Promise.all(Array.from({ length: 50 }, () => guess('203.0.113.7')));
    expect(statuses.filter((status) => status === 404)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    expect((await look(link.url, from('203.0.113.7'))).status).toBe(429);
    expect((await look(link.url, from('203.0.113.8'))).status).toBe(200);
    world.clock.advance(16 * 60_000);
    expect((await look(link.url, from('203.0.113.7'))).status).toBe(200);
    // One network of IPv6 has more addresses than anybody can count.
    for (let index = 0; index < 31; index += 1) await guess(`2001:db8:1:2::${index.toString(16)}`);
    expect(await guess('2001:db8:1:2:ffff::1')).toBe(429);
    const rows = await world.database.query('select count(*)::int as count from door_attempt', []);
    expect(rows[0]?.['count']).toBeLessThan(40);
  });
});

describe('a case code', () => {
  it('says the same to a stranger whether there is such a case or not', async () => {
    const { reference } = await aTrackedCase();
    const guessed = 'H-0000-05';
    const [real, none] = [await look(`${world.url}/c/${reference}`), await look(`${world.url}/c/${guessed}`)];
    expect(real.status).toBe(200);
    expect(real.bytes.toString()).toContain('Enséñanos este código');
    expect(real.bytes.toString().replaceAll(reference, '')).toBe(none.bytes.toString().replaceAll(guessed, ''));
    const [bad, worse] = [await look(`${world.url}/c/H-7K2F-9X`), await look(`${world.url}/c/nada`)];
    expect(bad.bytes.toString()).toBe(worse.bytes.toString());
    for (const path of [`/api/v1/cases/${reference}`, `/api/v1/cases/${guessed}`, `/api/v1/cases/${reference}/links`])
      expect((await look(world.url + path)).body).toMatchObject({ code: 'session.required' });
  });

  it('leads staff to the case', async () => {
    const { reference } = await aTrackedCase();
    const answer = await look(`${world.url}/c/${reference.toLowerCase()}`, agent.headers);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(`/cases/${reference}`);
  });
});
