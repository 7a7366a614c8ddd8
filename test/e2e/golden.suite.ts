import { createHash, randomBytes } from 'node:crypto';
import type { InteractionEntry } from '#contracts';
import { expectPrompt } from '../support/prompt.js';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import type { Person } from './outside.js';
import type { Staff } from './staff.js';
import type { World } from './world.js';

type Step = 'dm' | 'mail' | 'visit';

/** Every order in which a person can come by the three doors. */
const ORDERS: [Step, Step, Step][] = [
  ['dm', 'mail', 'visit'],
  ['dm', 'visit', 'mail'],
  ['visit', 'dm', 'mail'],
  ['visit', 'mail', 'dm'],
  ['mail', 'visit', 'dm'],
  ['mail', 'dm', 'visit'],
];
const CHANNEL = { dm: 'twitter', mail: 'email', visit: 'store' } as const;
const PHOTO = randomBytes(150_000);

/** Three doors, one case: on whichever queues the world runs. */
export function threeDoors(start: () => Promise<World>): void {
  let world: World;
  let agent: Staff;
  let inbox: Listener;

  beforeAll(async () => {
    world = await start();
    agent = await world.login('agent@hilo.test');
    inbox = await Listener.open(agent);
  });
  afterAll(async () => {
    inbox?.close();
    await world?.stop();
  });

  const take: Record<Step, (person: Person) => Promise<unknown>> = {
    dm: (person) => world.outside.writeDm(person, 'Llevo desde ayer sin línea.'),
    mail: (person) =>
      world.outside.writeMail(person, {
        subject: 'Sigo sin línea',
        text: 'Adjunto la foto.',
        attachments: [
          { fileName: 'móvil roto.png', contentType: 'image/png', contentBase64: PHOTO.toString('base64') },
        ],
      }),
    visit: (person) =>
      agent.visit({
        storeId: world.stores.goya,
        customer: { displayName: person.displayName, email: person.email, twitterHandle: person.handle },
        text: 'Trae el móvil a la tienda.',
        lacks: ['calls'],
      }),
  };

  /** Takes one step and waits until it stands on a case; returns that case's interactions. */
  async function arrives(person: Person, step: Step): Promise<{ caseId: string; entries: InteractionEntry[] }> {
    await take[step](person);
    return waitFor(async () => {
      for (const row of await agent.cases(`q=${encodeURIComponent(step === 'dm' ? person.handle : person.email)}`)) {
        const entries = await agent.interactions(row.id);
        if (entries.some((entry) => entry.channel === CHANNEL[step])) return { caseId: row.id, entries };
      }
      return null;
    });
  }

  it.each(ORDERS)('%s, %s, %s of a new person are one case', async (...order) => {
    const person = await world.outside.newcomer();
    const caseIds = new Set<string>();
    for (const step of order) caseIds.add((await arrives(person, step)).caseId);
    // Doors without an address in common are joined by the visit: then the younger case is taken in by the older.
    const open = await waitFor(async () => {
      const rows = await agent.cases(`view=open&q=${person.email}`);
      return rows.length === 1 && rows[0]?.channels.length === 3 ? rows[0] : null;
    });
    expect(caseIds).toContain(open.id);
    const entries = await agent.interactions(open.id);
    expect(entries.map((entry) => entry.channel).sort()).toEqual(['email', 'store', 'twitter']);
    expect(await customersOf(person)).toEqual([open.customer.id]);
    const [file] = entries.flatMap((entry) => entry.attachments);
    expect(file).toMatchObject({ fileName: 'móvil roto.png', contentType: 'image/png', size: PHOTO.length });
    expect(sha256(await agent.content(file?.id ?? ''))).toBe(sha256(PHOTO));
    const rows = await world.database.query<{ open: number; version: number }>(
      `select count(*)::int as open, max(version) as version from cases where is_open and id = any($1)`,
      [[...caseIds]],
    );
    expect(rows).toEqual([{ open: 1, version: open.version }]);
  });

  it('rings within a second of each arrival', async () => {
    const person = await world.outside.newcomer();
    const times: number[] = [];
    for (const step of ['visit', 'dm', 'mail'] as const) {
      const heard = inbox.heard.length;
      const before = performance.now();
      await take[step](person);
      const rung = await waitFor(() =>
        inbox.heard.slice(heard).find(({ types }) => types.includes('interaction.received')),
      );
      times.push(rung.heardAt - before);
      // A ring is never ahead of the truth: what it announces can be read.
      expect((await agent.case(rung.caseId)).version).toBeGreaterThanOrEqual(rung.version);
    }
    expectPrompt(times, 1000);
  });

  /** Ids of the customers that hold an address of this person. */
  async function customersOf(person: Person): Promise<string[]> {
    const rows = await world.database.query<{ id: string }>(
      'select distinct customer_id as id from contact_point where value in ($1, $2) or handle = $3',
      [person.email, person.id, person.handle],
    );
    return rows.map(({ id }) => id);
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
