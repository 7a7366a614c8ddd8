import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { InteractionEntry, type ReplyChannel } from '#contracts';
import { waitFor } from '../support/wait.js';
import { ask, type Staff } from './staff.js';
import type { Surroundings } from './world.js';

const Report = z.object({
  id: z.string(),
  dms: z.array(z.string()),
  mails: z.array(z.string()),
  refused: z.array(z.string()),
  finishedAt: z.string().nullable(),
});

/** Many customers writing at once, over the webhook and by mail, trying again as X and mail servers do. */
export class Burst {
  private constructor(
    private readonly world: Surroundings,
    private readonly id: string,
    private readonly count: number,
    /** How the text of each of its messages begins. */
    private readonly text: string,
  ) {}

  static async start(world: Surroundings, count: number, people: number): Promise<Burst> {
    const text = `Aviso ${randomUUID()}`;
    const order = { count, people, text, kinds: ['dm', 'email'], atOnce: 16, wait: false };
    const answer = await ask(`${world.sandbox.url}/control/burst`, { method: 'POST', body: order });
    return new Burst(world, Report.parse(answer.body).id, count, text);
  }

  /** So many of the messages are in the product. */
  async reaches(share: number): Promise<void> {
    await waitFor(async () => (await this.stored()).length >= this.count * share, { timeout: 60_000, every: 50 });
  }

  /** Nothing was refused, and every message is there exactly once. */
  async arrivesOnce(): Promise<void> {
    const { dms, mails, refused } = await waitFor(
      async () => {
        const burst = Report.parse((await ask(`${this.world.sandbox.url}/control/bursts/${this.id}`)).body);
        return burst.finishedAt !== null && burst;
      },
      { timeout: 120_000, every: 100 },
    );
    expect(refused).toEqual([]);
    expect(dms.length + mails.length).toBe(this.count);
    await waitFor(async () => (await this.stored()).length >= this.count, { timeout: 120_000, every: 100 });
    // Accepted again after it was taken in, with the answer lost: must not become a second one.
    await this.isQuiet();
    const stored = await this.stored();
    expect(stored.toSorted()).toEqual([...dms, ...mails].toSorted());
  }

  /** Nobody outside has anything left to deliver, and nothing that was accepted waits. */
  private async isQuiet(): Promise<void> {
    const { courier, mails } = this.world.sandbox.outside;
    await waitFor(
      async () => {
        const delivered = new Set(courier.deliveries.flatMap((one) => (one.outcome === 'accepted' ? [one.dmId] : [])));
        const open = new Set(courier.deliveries.map(({ dmId }) => dmId)).size - delivered.size;
        const queued = mails.all().filter(({ sending }) => sending?.state === 'queued').length;
        const waiting = await this.world.database.query(`select from inbound_mail where state = 'pending'`);
        return open === 0 && queued === 0 && waiting.length === 0;
      },
      { timeout: 60_000, every: 100 },
    );
  }

  /** What the channels call the messages that are in the product; twice, when one is there twice. */
  private async stored(): Promise<string[]> {
    const rows = await this.world.database.query<{ name: string }>(
      `select case channel when 'email' then message_id else external_id end as name from interaction
       where direction = 'inbound' and text like $1 || '%'`,
      [this.text],
    );
    return rows.map(({ name }) => name);
  }
}

export interface Answered {
  id: string;
  channel: ReplyChannel;
  text: string;
}

/** Asks until the product says 201, with the same key each time: what an impatient browser does while it is away. */
async function insist(agent: Staff, caseId: string, channel: ReplyChannel, text: string): Promise<Answered> {
  const headers = { 'idempotency-key': randomUUID() };
  for (;;) {
    const asked = { method: 'POST', headers, body: { channel, text } };
    const answer = await agent.ask(`/cases/${caseId}/replies`, asked).catch((error: unknown) => error);
    if (answer instanceof Error) await sleep(100);
    else {
      const { status, body } = answer as { status: number; body: unknown };
      if (status === 201) return { id: InteractionEntry.parse(body).id, channel, text };
      if (status < 500) throw new Error(`reply: ${status} ${JSON.stringify(body)}`);
      await sleep(100);
    }
  }
}

/** People who have written, half of them on X and half by mail, and a case of each. */
export async function acquaintances(world: Surroundings, agent: Staff, count: number) {
  const people = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const person = await world.outside.newcomer(`Cliente ${index}`);
      const channel: ReplyChannel = index % 2 === 0 ? 'twitter' : 'email';
      if (channel === 'twitter') await world.outside.writeDm(person, 'Hola');
      else await world.outside.writeMail(person, { subject: 'Hola', text: 'Hola' });
      return { person, channel };
    }),
  );
  return Promise.all(
    people.map(async ({ person, channel }) => {
      const [found] = await waitFor(
        async () => {
          const rows = await agent.cases(`q=${channel === 'twitter' ? person.handle : person.email}`);
          return rows.length === 1 && rows;
        },
        { timeout: 30_000, every: 100 },
      );
      return { caseId: found?.id ?? '', channel };
    }),
  );
}

/** One answer for each of these cases, asked for until it is accepted. */
export function answerAll(agent: Staff, cases: { caseId: string; channel: ReplyChannel }[]): Promise<Answered[]> {
  return Promise.all(
    cases.map(({ caseId, channel }, index) => insist(agent, caseId, channel, `Respuesta ${index}, ${randomUUID()}.`)),
  );
}

/**
 * Every answer has ended: it left, and arrived once; or nobody can tell, it says so, and it arrived once at most.
 * @returns how many ended which way
 */
export async function endedVisibly(world: Surroundings, answers: Answered[]): Promise<Record<string, number>> {
  const states = () =>
    world.database.query<{ id: string; state: string; reason: string | null }>(
      'select interaction_id as id, state, reason from delivery where interaction_id = any($1)',
      [answers.map(({ id }) => id)],
    );
  const rows = await waitFor(
    async () => {
      const found = await states();
      return found.every(({ state }) => state === 'sent' || state === 'failed') && found;
    },
    { timeout: 60_000, every: 100 },
  );
  expect(rows).toHaveLength(answers.length);
  const [dms, mails] = await Promise.all([world.outside.dms(), world.outside.mails()]);
  const ends: Record<string, number> = { sent: 0, 'outcome.unknown': 0 };
  for (const { id, channel, text } of answers) {
    const arrived = [...(channel === 'twitter' ? dms : mails)].filter((one) => one.text.startsWith(text)).length;
    const { state, reason } = rows.find((row) => row.id === id) ?? {};
    const end = state === 'sent' ? 'sent' : String(reason);
    const isFine = end === 'sent' ? arrived === 1 : end === 'outcome.unknown' && arrived <= 1;
    if (!isFine) throw new Error(`${text} by ${channel}: ${end}, and it arrived ${arrived} times`);
    ends[end] = (ends[end] ?? 0) + 1;
  }
  return ends;
}

/** Whatever died, the rows agree with each other. */
export async function houseIsInOrder({ database }: Surroundings): Promise<void> {
  await waitFor(async () => {
    const late = await database.query('select from case_outbox');
    return late.length === 0;
  });
  const wrong = await database.query(
    `select 'two open cases' as what, customer_id::text as id from cases where is_open group by customer_id having count(*) > 1
     union all
     select 'version is not that of the last event', c.id::text from cases c
       where c.version <> (select max(e.case_version) from case_event e where e.case_id = c.id)
     union all
     select 'not received exactly once', i.id::text from interaction i where direction = 'inbound'
       and 1 <> (select count(*) from case_event e where e.type = 'interaction.received' and e.data ->> 'interactionId' = i.id::text)
     union all
     select 'unread is not what came', c.id::text from cases c where c.last_direction = 'inbound' and c.channels <> '{}'
       and not exists (select from interaction i where i.case_id = c.id and i.direction = 'outbound')
       and c.unread <> (select count(*) from interaction i where i.case_id = c.id and i.direction = 'inbound')
     union all
     select 'an event for an end that is none', d.interaction_id::text from delivery d
       where d.state in ('sent', 'failed') and 1 <> (select count(*) from case_event e
         where e.type = 'interaction.' || d.state and e.data ->> 'interactionId' = d.interaction_id::text)`,
  );
  expect(wrong).toEqual([]);
}
