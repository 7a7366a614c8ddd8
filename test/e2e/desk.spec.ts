import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { DeskLinkList, IssuedDeskLink, TimelinePage } from '#contracts';
import { aDeskHandoff, deskForm, type DeskHandoff } from './desk.world.js';
import { type Answer, ask, errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

let world: World;
let agent: Staff;
beforeAll(async () => {
  world = await startWorld();
  agent = await world.login('agent@hilo.test');
});
afterAll(() => world?.stop());

const DAY = 86_400_000;
const CUSTOMER = /Lucía|Ferrer|356938035643809|Auriga|placa base/u;

const look = async (url: string): Promise<string> => (await ask(url)).bytes.toString();
type Sent = [name: string, type: string, body: string][];
async function say(url: string, action: string, fields: Record<string, string>, files: Sent = []): Promise<Answer> {
  return ask(`${url}/say?lang=es`, { method: 'POST', body: deskForm(await look(url), action, fields, files) });
}
async function handoff({ handoffId }: DeskHandoff) {
  const [row] = await world.database.query<Record<string, unknown>>('select * from handoff where id = $1', [handoffId]);
  return row ?? {};
}
const said = ({ handoffId }: DeskHandoff) =>
  world.database.query<Record<string, unknown>>(
    'select kind, word, via, ours, applied, by_name, attachment_ids from handoff_entry where handoff_id = $1 and not ours order by seq',
    [handoffId],
  );
const set = ({ handoffId }: DeskHandoff, what: string) =>
  world.database.query(`update handoff set ${what} where id = $1`, [handoffId]);
async function note({ handoffId }: DeskHandoff, seq: number, text: string, audience: string): Promise<void> {
  await world.database.query(
    `insert into handoff_entry (id, handoff_id, seq, side, ours, via, kind, word, audience, by_name, at, recorded_at, applied)
     values (gen_random_uuid(), $1, $2, 'giver', true, 'staff', 'note', jsonb_build_object('kind', 'note', 'text', $3::text), $4, 'Marta', now(), now(), true)`,
    [handoffId, seq, text, audience],
  );
  await world.database.query('update handoff set entries = $2 where id = $1', [handoffId, seq]);
}

describe('the desk of a handoff', () => {
  it('shows what was shared and what was said to them, in their language or the other one, and nothing that is ours', async () => {
    const of = await aDeskHandoff(world, agent);
    await note(of, 1, 'SECRETO-NUESTRO', 'internal');
    await note(of, 2, 'Llamad antes de abrirlo', 'partner');
    await note(of, 3, 'También al cliente', 'customer');
    const page = await look(of.url);
    for (const text of [
      'Nexo os pasa este trabajo',
      'Auriga One',
      '356938035643809',
      'Lucía Ferrer',
      'Otro cargador',
      'Llamad antes',
    ])
      expect(page).toContain(text);
    expect(page).toContain('También al cliente');
    expect(page).toContain('Fecha de compra');
    expect(page).toContain('&lt;no&gt; borrar');
    expect(page).not.toMatch(/SECRETO|<no>|<script|javascript:/u);
    const english = await look(`${of.url}?lang=en`);
    for (const text of ['<html lang="en">', 'Nexo hands you this work', 'Date of purchase', 'Make calls'])
      expect(english).toContain(text);
    const foreigners = await aDeskHandoff(world, agent, { partner: { language: 'en' } });
    expect(await look(foreigners.url)).toContain('<html lang="en">');
  });

  it('is kept by nobody, runs nothing and tells nobody where it is', async () => {
    const { url } = await aDeskHandoff(world, agent);
    const { headers } = await ask(url);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|script-src/u);
    expect(headers.getSetCookie()).toEqual([]);
  });

  it('is opened by a button with the form of its action, and nothing is done by that', async () => {
    const of = await aDeskHandoff(world, agent);
    const page = await look(`${of.url}?do=rejected`);
    const openOnes = [...page.matchAll(/<details class="act" name="act" open>.*?value="(\w+)"><div/gsu)].map(
      ([, action]) => action,
    );
    expect(openOnes).toEqual(['rejected']);
    expect(await handoff(of)).toMatchObject({ state: 'sent', delivered_at: expect.any(Date) });
    expect(await said(of)).toEqual([]);
    await look(of.url);
    await ask(of.url, { headers: { 'sec-purpose': 'prefetch' } });
    const { items } = await agent.done(`/handoffs/${of.handoffId}/links`, DeskLinkList);
    expect(items).toMatchObject([{ state: 'live', opens: 2, issuedBy: { displayName: expect.any(String) } }]);
    const { items: timeline } = await agent.done(`/cases/${of.caseId}/timeline?limit=200`, TimelinePage);
    const events = timeline.flatMap((entry) => (entry.type === 'event' ? [entry.event] : []));
    expect(events.filter((event) => event.startsWith('handoff.link'))).toEqual([
      'handoff.link_issued',
      'handoff.link_opened',
    ]);
  });

  it('takes a yes with number, engineer and date, once however often it is sent', async () => {
    const of = await aDeskHandoff(world, agent);
    const fields = { partnerRef: 'RMA-4711', engineer: 'Eva Sanz', date: '2099-03-20', time: '12:00', by: 'Eva Sanz' };
    const form = () => deskForm(page, 'accepted', fields);
    const page = await look(of.url);
    const first = await ask(`${of.url}/say?lang=es`, { method: 'POST', body: form() });
    expect([first.status, first.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/desk\/[\w-]{32}\?lang=es&said=1#said$/u),
    ]);
    expect((await ask(`${of.url}/say?lang=es`, { method: 'POST', body: form() })).status).toBe(303);
    expect(await said(of)).toMatchObject([
      {
        kind: 'accepted',
        via: 'desk',
        applied: true,
        by_name: expect.stringContaining('Eva Sanz'),
        word: { partnerRef: 'RMA-4711', etaAt: '2099-03-20T11:00:00.000Z' },
      },
    ]);
    expect(await handoff(of)).toMatchObject({
      state: 'accepted',
      partner_ref: 'RMA-4711',
      engineer: { name: 'Eva Sanz' },
    });
    const after = await look(`${of.url}?said=1`);
    for (const text of ['Recibido. Gracias.', 'Lo lleváis vosotros', 'RMA-4711']) expect(after).toContain(text);
    expect(after).not.toContain('value="acknowledged"');
  });

  it('takes a no only with what is to be done instead, and keeps what was typed', async () => {
    const of = await aDeskHandoff(world, agent);
    const half = await say(of.url, 'rejected', { reason: 'No es <nuestro>' });
    expect(half.status).toBe(422);
    const page = half.bytes.toString();
    expect(page).toContain('No es &lt;nuestro&gt;</textarea>');
    expect(page).toMatch(/id="rejected-nextStep-e" role="alert">Falta esto\./u);
    expect(await said(of)).toEqual([]);
    expect((await say(of.url, 'rejected', { reason: 'No es nuestro', nextStep: 'Al fabricante' })).status).toBe(303);
    expect(await handoff(of)).toMatchObject({ state: 'rejected' });
  });

  it('takes a quote line by line, a question, a new date, the phone, and what came of it', async () => {
    const of = await aDeskHandoff(world, agent, { state: 'in_progress' });
    const quote = {
      d0: 'Placa base',
      k0: 'part',
      l0: '400,00',
      p0: '200',
      agreement: 'Convenio 26',
      coverMonths: '6',
      coverWhat: 'La placa',
    };
    expect((await say(of.url, 'quoted', { ...quote, currency: 'EUR' })).status).toBe(303);
    expect((await say(of.url, 'eta', { date: '2099-01-05', reason: 'Falta la pieza' })).status).toBe(303);
    expect((await say(of.url, 'received', {})).status).toBe(303);
    expect((await say(of.url, 'resolved', { outcome: 'repaired', text: 'Placa nueva' })).status).toBe(303);
    expect((await say(of.url, 'dispatched', { carrier: 'Rayo', trackingNumber: 'R-1' })).status).toBe(303);
    expect((await said(of)).map(({ kind }) => kind)).toEqual(['quoted', 'eta', 'received', 'resolved', 'dispatched']);
    expect((await said(of))[0]).toMatchObject({
      word: {
        quote: { lines: [{ description: 'Placa base', listCents: 40_000, priceCents: 20_000 }], cover: { months: 6 } },
      },
    });
    expect(await handoff(of)).toMatchObject({
      state: 'resolved',
      outcome: 'repaired',
      eta_at: new Date('2099-01-05T17:00:00Z'),
    });
    const page = await look(of.url);
    for (const text of ['400,00', '200,00', '6 meses: La placa', 'Placa nueva', 'Rayo · R-1'])
      expect(page).toContain(text);
    const late = await say(of.url, 'quoted', { ...quote, currency: 'EUR' });
    expect([late.status, late.bytes.toString()]).toEqual([409, expect.stringContaining('eso ya no se puede decir')]);
  });

  it('takes files, shows them to both, and refuses what is too large', async () => {
    const of = await aDeskHandoff(world, agent);
    const report: Sent = [['parte <1>.pdf', 'application/pdf', '%PDF-1.4 parte']];
    expect((await say(of.url, 'note', { text: '' }, report)).status).toBe(303);
    const [entry] = await said(of);
    expect(entry).toMatchObject({ kind: 'file', attachment_ids: [expect.any(String)] });
    const [id] = entry?.['attachment_ids'] as string[];
    expect((await agent.content(id ?? '')).toString()).toBe('%PDF-1.4 parte');
    expect(await look(of.url)).toContain(`/files/${id}">parte &lt;1&gt;.pdf</a>`);
    const own = await ask(`${of.url}/files/${id}?show=1`);
    // Only pictures are shown; what could do something is downloaded.
    expect([own.status, own.headers.get('content-type'), own.headers.get('content-disposition')]).toEqual([
      ...[200, 'application/octet-stream', expect.stringMatching(/^attachment/u)],
    ]);
    const huge = await say(of.url, 'note', { text: 'x' }, [['g.bin', 'image/png', 'x'.repeat(20 * 1024 * 1024 + 1)]]);
    expect([huge.status, huge.bytes.toString()]).toEqual([413, expect.stringContaining('demasiado grandes')]);
    expect(await said(of)).toHaveLength(1);
  });

  it('packs everything into one: to print, for a program, and the files', async () => {
    const of = await aDeskHandoff(world, agent);
    await note(of, 1, 'SECRETO-NUESTRO', 'internal');
    await say(of.url, 'note', { text: 'Nuestro parte' }, [['../../etc/passwd', 'text/plain', 'nada']]);
    const answer = await ask(`${of.url}/pack?lang=es`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const files = unzipSync(new Uint8Array(answer.bytes));
    const names = Object.keys(files).sort();
    expect(names).toEqual([
      `${of.reference}.html`,
      `${of.reference}.json`,
      'files/01-pantalla.png',
      expect.stringMatching(/^files\/02-[^/\\]+$/u),
    ]);
    const html = strFromU8(files[`${of.reference}.html`] ?? new Uint8Array());
    for (const text of ['Auriga One', 'Otro cargador', 'Nuestro parte', 'files/01-pantalla.png'])
      expect(html).toContain(text);
    const json = strFromU8(files[`${of.reference}.json`] ?? new Uint8Array());
    expect(JSON.parse(json)).toMatchObject({
      ...{ reference: of.reference, state: 'acknowledged', document: { device: { model: 'Auriga One' } } },
      files: [{ place: 'files/01-pantalla.png' }, { place: expect.any(String) }],
    });
    expect(html + json).not.toMatch(/SECRETO|\/desk\/|token|partnerId|caseId/u);
    expect(strFromU8(files[names[3] ?? ''] ?? new Uint8Array())).toBe('nada');
  });
});

describe('a link of the desk', () => {
  it('opens nothing of another handoff, of the same partner or of another one', async () => {
    const [mine, other] = [await aDeskHandoff(world, agent), await aDeskHandoff(world, agent)];
    const same = await aDeskHandoff(world, agent, { partner: { id: mine.partnerId } });
    const token = (of: DeskHandoff) => of.url.split('/desk/')[1];
    for (const fileId of [other.fileId, same.fileId, randomUUID(), 'x'])
      expect({ fileId, status: (await ask(`${mine.url}/files/${fileId}`)).status }).toEqual({ fileId, status: 410 });
    expect((await ask(`${mine.url}/files/${mine.fileId}?show=1`)).headers.get('content-type')).toBe('image/png');
    const page = await look(mine.url);
    for (const { reference } of [other, same]) expect(page).not.toContain(reference);
    const kept = await world.database.query('select token_hash::text, l.* from handoff_link l');
    expect(JSON.stringify(kept)).not.toContain(token(mine));
  });

  it.each([
    ['recalled', `state = 'recalled', document = null, forgotten_at = now()`, 'se ha retirado'],
    ['expired', `state = 'expired'`, 'ha caducado'],
    ['forgotten', `state = 'closed', document = null, forgotten_at = now()`, 'ya no se enseña'],
  ])('of what was %s opens a page that says so, and nothing of the customer', async (_what, change, words) => {
    const of = await aDeskHandoff(world, agent);
    await set(of, change);
    for (const path of ['', '/pack', `/files/${of.fileId}`]) {
      const { status, bytes } = await ask(`${of.url}${path}`);
      expect({ path, status }).toEqual({ path, status: 410 });
      expect(bytes.toString()).toContain(words);
      expect(bytes.toString()).not.toMatch(CUSTOMER);
    }
    const form = deskForm('name="nonce" value="aaaaaaaaaaaaaaaaaaaa"', 'accepted', {});
    expect((await ask(`${of.url}/say`, { method: 'POST', body: form })).status).toBe(410);
    expect(await said(of)).toEqual([]);
    const again = await agent.ask(`/handoffs/${of.handoffId}/links`, { method: 'POST', body: {} });
    expect(errorOf(again)).toMatchObject({ status: 410, code: 'handoff.forgotten' });
  });

  it('is over when its time is, when it is taken back, and when its partner no longer works with us; one that never was is answered alike', async () => {
    const [late, back, gone] = [
      await aDeskHandoff(world, agent),
      await aDeskHandoff(world, agent),
      await aDeskHandoff(world, agent),
    ];
    const [link] = (await agent.done(`/handoffs/${back.handoffId}/links`, DeskLinkList)).items;
    const remove = () => agent.ask(`/handoffs/${back.handoffId}/links/${link?.id}`, { method: 'DELETE' });
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
    await world.database.query('update partner set active = false where id = $1', [gone.partnerId]);
    const stranger = `${world.url}/desk/${'a'.repeat(32)}`;
    const pages = await Promise.all([back.url, gone.url, stranger].map((url) => ask(url)));
    for (const { status, bytes } of pages) {
      expect(status).toBe(410);
      expect(bytes.toString()).toBe(pages[2]?.bytes.toString());
    }
    const elsewhere = await agent.ask(`/handoffs/${late.handoffId}/links/${link?.id}`, { method: 'DELETE' });
    expect(errorOf(elsewhere)).toMatchObject({ status: 404, code: 'desk.link_not_found' });
    const kept = await agent.done(`/handoffs/${late.handoffId}/links`, IssuedDeskLink, { method: 'POST', body: {} });
    expect(new Date(kept.expiresAt).getTime() - Date.now()).toBeGreaterThan(89 * DAY);
    await world.database.query(
      `update handoff_link set issued_at = now() - interval '2 day', expires_at = now() - interval '1 second' where handoff_id = $1`,
      [late.handoffId],
    );
    expect((await ask(late.url)).status).toBe(410);
  });

  it('is not made for what was never sent', async () => {
    const of = await aDeskHandoff(world, agent, { state: 'draft' }).catch((error: unknown) => String(error));
    expect(of).toContain('handoff.transition_forbidden');
  });

  it('takes no form of another page, none that is no form, and not too many', async () => {
    const of = await aDeskHandoff(world, agent);
    const page = await look(of.url);
    const post = (headers: Record<string, string>, body: FormData | string) =>
      ask(`${of.url}/say?lang=es`, { method: 'POST', headers, body });
    const form = () => deskForm(page, 'acknowledged', {});
    expect((await post({ 'sec-fetch-site': 'cross-site' }, form())).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'same-site' }, form())).status).toBe(403);
    expect((await post({ 'content-type': 'application/x-www-form-urlencoded' }, 'action=acknowledged')).status).toBe(
      415,
    );
    expect((await post({}, deskForm(page, 'closed', {}))).status).toBe(409);
    expect((await post({}, deskForm(page, 'nothing', {}))).status).toBe(409);
    expect(await said(of)).toEqual([]);
    expect((await post({ 'sec-fetch-site': 'same-origin' }, form())).status).toBe(303);
    await world.database.query(`update door_attempt set attempts = 60 where key like 'desk:%-%'`);
    const often = await post({}, deskForm(page, 'note', { text: 'x' }));
    expect([often.status, often.bytes.toString()]).toEqual([429, expect.stringContaining('demasiado seguido')]);
  });

  it('is not found by trying: after some none is tried any more from there, right or wrong', async () => {
    const of = await aDeskHandoff(world, agent);
    for (let at = 0; at < 30; at += 1) await ask(`${world.url}/desk/${randomUUID().replaceAll('-', '')}`);
    expect((await ask(of.url)).status).toBe(429);
    await world.database.query('delete from door_attempt');
    expect((await ask(of.url)).status).toBe(200);
  });
});
