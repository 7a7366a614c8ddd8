import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strFromU8, unzipSync } from 'fflate';
import {
  CaseHandoff,
  IssuedDeskLink,
  RepairOrder,
  type ShareField,
  UploadedAttachment,
  type HandoffWord,
  type PartnerBody,
} from '#contracts';
import { waitFor } from '../support/wait.js';
import { partnerBody, sharing } from '../integration/partners.world.js';
import { mark, NEVER, toldBy } from '../integration/sight.world.js';
import { CompanyMailbox } from './partner-mailbox.js';
import { addPartner, PartnerSystem } from './partner-system.js';
import { ask, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

/** Everything a partner can reach, looked through for what it was not told: each field has a mark that nothing else has. */

type Reach = 'tmf' | 'mail' | 'desk';

const SHARED: Record<Reach, ShareField[]> = {
  tmf: ['device.model', 'device.imei', 'story', 'photos', 'repair.fault'],
  mail: ['problem.statement', 'device.condition', 'consent', 'files', 'customer.name'],
  desk: ['impacts', 'warranty', 'purchase', 'device.lock', 'customer.phone', 'customer.email', 'photos'],
};
const REACHES = Object.keys(SHARED) as Reach[];
/** What each partner said of its own: no other hears of it. */
const OWN: Record<Reach, string> = { tmf: 'RMA-ORBE-77', mail: 'RMA-VEGA-88', desk: 'RMA-VELA-99' };
const ADDRESS: Record<Reach, string> = { tmf: 'tmf@one.test', mail: 'mail@two.test', desk: 'desk@three.test' };
/** Whom of theirs to ask when nobody answers. */
const DUTY: Record<Reach, string> = { tmf: 'duty@one.test', mail: 'duty@two.test', desk: 'duty@three.test' };

let world: World;
let agent: Staff;
let listener: Server;
/** What our hub told the partner of the ticket system. */
const events: string[] = [];
const partners = {} as Record<Reach, { id: string; handoffId: string; url: string; system: PartnerSystem }>;

beforeAll(async () => {
  world = await startWorld();
  const admin = await world.login('admin@hilo.test');
  agent = await world.login('agent@hilo.test');
  const about = await aMarkedCase();
  const port = await listen();
  for (const reach of REACHES) {
    const { id } = await addPartner(admin, bodyOf(reach));
    const system = await PartnerSystem.withKey(world.url, admin, id);
    if (reach === 'tmf') await system.post('/hub', { callback: `http://127.0.0.1:${port}` });
    const handoffId = await given(id, about);
    const { url } = await agent.done(`/handoffs/${handoffId}/links`, IssuedDeskLink, { method: 'POST', body: {} });
    partners[reach] = { id, handoffId, url, system };
  }
  await talk();
}, 90_000);
afterAll(async () => {
  listener?.close();
  await world?.stop();
});

const listen = () =>
  new Promise<number>((ready) => {
    listener = createServer((request, reply) => {
      request.setEncoding('utf8').on('data', (text: string) => events.push(text));
      request.on('end', () => reply.writeHead(204).end());
    }).listen(0, '127.0.0.1', () => ready((listener.address() as AddressInfo).port));
  });

const bodyOf = (reach: Reach): Parameters<typeof addPartner>[1] => ({
  terms: partnerBody({
    terms: {
      ladder: [{ contact: { name: 'Guardia', email: DUTY[reach] }, afterMinutes: 0 }],
      share: sharing(...SHARED[reach]),
    },
  }).terms,
  ...{ name: `Empresa ${reach}`, email: ADDRESS[reach], language: 'en' },
  ...{ gateway: reach === 'mail' ? 'email' : reach === 'desk' ? 'desk' : 'tmf621' },
  tmf621: reach === 'tmf' ? peer() : null,
});

/** The manufacturer outside. */
const peer = (): NonNullable<PartnerBody['tmf621']> => ({
  url: `${world.sandbox.url}/manufacturer/tmf-api/troubleTicket/v4`,
  auth: {
    ...{ kind: 'oauth2', tokenUrl: `${world.sandbox.url}/manufacturer/oauth2/token` },
    ...{ clientId: 'nexo', clientSecret: 'sandbox-partner-secret' },
  },
});

async function aFile(name: string, type: string): Promise<string> {
  const form = new FormData();
  const bytes = type === 'image/png' ? PNG : Buffer.from('%PDF-1.4 resguardo');
  form.set('file', new Blob([bytes], { type }), name);
  return (await agent.done('/attachments', UploadedAttachment, { method: 'POST', body: form })).id;
}
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function aMarkedCase() {
  const { caseId } = await agent.visit({
    ...{ storeId: world.stores.goya, customer: { displayName: 'Lucía Ferrer', phone: '+34612407700' } },
    text: 'No enciende',
  });
  await agent.ask(`/cases/${caseId}/impacts`, { method: 'POST', body: { kind: 'photos' } });
  const { database } = world;
  const [device] = await database.query<{ id: string }>(
    `insert into device (id, model_name, created_at) values (new_id(), 'x', now()) returning id`,
  );
  const deviceId = device?.id ?? '';
  await database.query(
    'insert into case_device (case_id, device_id, first_at, last_at) values ($1, $2, now(), now())',
    [caseId, deviceId],
  );
  const { id: repairId } = await agent.done(`/cases/${caseId}/repairs`, RepairOrder, {
    method: 'POST',
    body: { deviceId, storeId: world.stores.goya, fault: 'no_power' },
  });
  const [who] = await database.query<{ id: string }>(`select id from agent where email = 'agent@hilo.test'`);
  await mark(database, { caseId, repairId, deviceId, agentId: who?.id ?? '' }, new Date());
  const attachmentIds = [await aFile('dni-lucia.png', 'image/png'), await aFile('dni-lucia.pdf', 'application/pdf')];
  return { caseId, repairId, attachmentIds };
}

async function given(
  partnerId: string,
  { caseId, ...about }: Awaited<ReturnType<typeof aMarkedCase>>,
): Promise<string> {
  const body = { partnerId, mode: 'advise', ask: 'Mirad la placa', ...about };
  const { id } = await agent.done(`/cases/${caseId}/handoffs`, CaseHandoff, { method: 'POST', body });
  await agent.done(`/handoffs/${id}/send`, CaseHandoff, { method: 'POST' });
  return id;
}

const say = (reach: Reach, word: HandoffWord, by = agent) =>
  by.done(`/handoffs/${partners[reach].handoffId}/words`, CaseHandoff, { method: 'POST', body: { word } });

/** Each says something of its own on its page, and is told something of its own. */
async function talk(): Promise<void> {
  for (const reach of REACHES) {
    const { system } = partners[reach];
    const id = await ticketOf(reach);
    await say(reach, { kind: 'nudged', text: 'El cliente espera.', to: { name: 'Guardia', email: DUTY[reach] } });
    const note = [{ author: 'They', text: OWN[reach] }];
    expect((await system.patch(id, { status: 'inProgress', note })).status).toBe(200);
    await say(reach, { kind: 'note', text: `Para vosotros, ${OWN[reach]}` });
    await say(reach, { kind: 'file', attachmentIds: [await aFile('Lucía Ferrer dni-lucia.12345678Z', 'text/csv')] });
  }
  await waitFor(async () => {
    const [left] = await world.database.query<{ n: string }>(
      `select count(*) as n from handoff_delivery where state = 'waiting'`,
    );
    return left?.n === '0' || undefined;
  });
}

/** A partner sees its handoff as a ticket whichever way it is written to. */
async function ticketOf(reach: Reach): Promise<string> {
  const { body } = await partners[reach].system.ask('/troubleTicket');
  const [ticket] = body as { id: string }[];
  if (!ticket) throw new Error(`${reach} sees no ticket`);
  return ticket.id;
}

/** What somebody called a file that was sent later is no partner's business either: what it is called there. */
const LATER: Record<Reach, string> = { tmf: 'file-1.csv', mail: 'file-2.csv', desk: 'file-1.csv' };

/** Pages with all they lead to, the files in packs by their names. */
async function deskOf({ url }: { url: string }): Promise<string> {
  const pages = await Promise.all(['', '?lang=es', '?lang=en', '?do=accepted'].map((query) => ask(url + query)));
  const pack = await ask(`${url}/pack`);
  const files = pack.status === 200 ? Object.entries(unzipSync(pack.bytes)) : [];
  const inside = files.map(([name, bytes]) => `${name} ${/\.(json|html|txt)$/u.test(name) ? strFromU8(bytes) : ''}`);
  // What a form takes is no word of what it was told.
  return [...pages.map(({ bytes }) => bytes.toString().replace(/ accept="[^"]*"/gu, '')), ...inside].join('\n');
}

/** Their tickets, each and together, and the names of the files behind every address in them. */
async function facadeOf({ system }: { system: PartnerSystem }): Promise<string> {
  const list = await system.ask('/troubleTicket');
  const ids = (list.body as { id: string }[]).map(({ id }) => id);
  const each = await Promise.all(ids.map((id) => system.ask(`/troubleTicket/${id}`)));
  const texts = [list, ...each].map(({ bytes }) => bytes.toString());
  const urls = [...texts.join('\n').matchAll(/"url":"([^"]+)"/gu)].map(([, url]) => url ?? '');
  const files = await Promise.all(urls.map((url) => ask(url, { headers: system.headers })));
  return [...texts, ...files.map(({ headers }) => `${headers.get('content-disposition')}`)].join('\n');
}

const control = async (path: string): Promise<string> =>
  (await ask(`${world.sandbox.url}/control/manufacturer${path}`)).bytes.toString();

/** All that reached a partner or waits for it to look. */
async function seenBy(reach: Reach): Promise<Record<string, string>> {
  const partner = partners[reach];
  return {
    desk: await deskOf(partner),
    facade: await facadeOf(partner),
    letters: await control(`/mails?address=${encodeURIComponent(ADDRESS[reach])}`),
    ...(reach === 'tmf' ? { theirs: await control('/tickets'), events: events.join('\n') } : {}),
  };
}

describe('what partners can reach', () => {
  it.each(REACHES)('%s: only what it was told, and all of that', async (reach) => {
    const seen = await seenBy(reach);
    for (const [where, text] of Object.entries(seen)) {
      const beyond = toldBy(text).filter((field) => !SHARED[reach].includes(field));
      expect([where, beyond]).toEqual([where, []]);
      expect([where, NEVER.filter((never) => text.includes(never))]).toEqual([where, []]);
      const others = REACHES.filter((other) => other !== reach && text.includes(OWN[other]));
      expect([where, others]).toEqual([where, []]);
    }
    const unnamed = Object.entries(seen).filter(([, text]) => !text.includes(LATER[reach]));
    // What our hub tells is thin; a letter to who has a page or a system brings no files.
    const thin = reach === 'mail' ? ['events'] : ['events', 'letters'];
    expect(unnamed.map(([where]) => where).filter((where) => !thin.includes(where))).toEqual([]);
    const all = Object.values(seen).join('\n');
    expect(SHARED[reach].filter((field) => !toldBy(all).includes(field))).toEqual([]);
    expect(all).toContain(OWN[reach]);
  });

  it('nothing of another: not by its key, not by its number, not by its link', async () => {
    const ids = await Promise.all(REACHES.map(ticketOf));
    for (const [at, reach] of REACHES.entries())
      for (const [place, id] of ids.entries()) {
        const answer = await partners[reach].system.ask(`/troubleTicket/${id}`);
        expect(answer.status).toBe(at === place ? 200 : 404);
        if (at !== place) expect((await partners[reach].system.patch(id, { status: 'resolved' })).status).toBe(404);
      }
  });

  it('nothing of the customer any more once it is taken back', async () => {
    const supervisor = await world.login('supervisor@hilo.test');
    const before = await Promise.all(REACHES.map(seenBy));
    const files = [
      ...before
        .map(({ facade }) => facade)
        .join('\n')
        .matchAll(/"url":"([^"]+)"/gu),
    ].map(([, url]) => url ?? '');
    for (const reach of REACHES) await say(reach, { kind: 'recalled', reason: 'No lo quiere' }, supervisor);
    for (const reach of REACHES) {
      for (const where of [await deskOf(partners[reach]), await facadeOf(partners[reach])])
        expect(toldBy(where)).toEqual([]);
      expect((await ask(partners[reach].url)).status).toBe(410);
    }
    // Whom we asked when nobody answered hears of no recall: there must be nothing to take back.
    for (const address of Object.values(DUTY)) {
      const letters = await new CompanyMailbox(world, address).letters();
      const text = JSON.stringify(letters);
      expect([toldBy(text), NEVER.filter((never) => text.includes(never))]).toEqual([[], []]);
      expect([letters.length, text.includes('Mirad la placa')]).toEqual([1, false]);
      const page = letters[0]?.buttons.at(-1)?.href ?? '';
      expect((await ask(page)).status).toBe(410);
    }
    for (const url of files) expect((await ask(url, { headers: partners.tmf.system.headers })).status).toBe(404);
  });
});
