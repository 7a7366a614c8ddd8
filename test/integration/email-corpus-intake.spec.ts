import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { ExpectedArrival } from '../fixtures/email/expected.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { mails } from './email.corpus.js';
import { EmailWorld, NOW, sha256 } from './email.world.js';

let test: TestDatabase;
let world: EmailWorld;
beforeAll(async () => {
  test = await createDatabase();
  world = await EmailWorld.start(test);
});
afterAll(async () => {
  await world.end();
  await test.drop();
});

/** Puts a mail where the listener puts it, byte for byte: a mail program would mend half of these. */
async function accept(raw: Buffer, isReleased: boolean): Promise<string> {
  const { key, size } = await world.storage.put(Readable.from([raw]));
  await world.test.query(
    `insert into inbound_mail (id, storage_key, size, envelope_from, envelope_to, state, due_at, received_at, released_at)
     values (gen_random_uuid(), $1, $2, 'ana@example.com', '{care@hilo.test}', 'pending', $3, $3, case when $4 then $3::timestamptz end)`,
    [key, size, NOW, isReleased],
  );
  return key;
}

const Landed = z.object({
  state: z.string(),
  key: z.string(),
  raw_key: z.string().nullable(),
  text: z.string().nullable(),
  files: z.array(z.object({ name: z.string(), sha256: z.string(), key: z.string() })),
});

const landed = async () =>
  z.array(Landed).parse(
    await world.test.query(
      `select m.state, m.storage_key as key, i.raw_key, i.text,
           (select coalesce(json_agg(json_build_object('name', a.file_name, 'sha256', a.sha256, 'key', a.storage_key) order by a.id), '[]')
            from attachment a where a.interaction_id = i.id) as files
         from inbound_mail m left join interaction i on i.id = m.interaction_id`,
    ),
  );

describe('the whole corpus through the drain', () => {
  /** What each mail must become, by its key. */
  const expected = new Map<string, { name: string; arrival: z.output<typeof ExpectedArrival> | null; raw: Buffer }>();
  let rows: z.output<typeof Landed>[];

  beforeAll(async () => {
    let number = 0;
    for (const [name, { raw: made, expected: said }] of mails) {
      number += 1;
      // Most of them have one Message-ID, which here would make the same mail of two that differ in a header.
      const raw = Buffer.from(made.toString('latin1').replace('<1@example.com>', `<${number}@example.com>`), 'latin1');
      const arrival = said.outcome === 'arrival' ? ExpectedArrival.parse(said) : null;
      // Three hundred mails of one sender would wait for a person; a released one does not.
      expected.set(await accept(raw, arrival !== null), { name, arrival, raw });
    }
    await world.drained();
    rows = await landed();
  });

  it('loses none and leaves none waiting', () => {
    expect(rows).toHaveLength(mails.size);
    expect(rows.filter(({ state }) => state === 'pending')).toEqual([]);
    const kept = rows.filter(({ state }) => state !== 'done').map(({ key }) => expected.get(key)?.name);
    const notMeant = [...expected.values()].filter(({ arrival }) => arrival === null).map(({ name }) => name);
    expect(kept.toSorted()).toEqual(notMeant.toSorted());
  });

  it('keeps every original, byte for byte', async () => {
    for (const { key, raw_key } of rows) {
      const stored = await buffer(await world.storage.get(raw_key ?? key));
      expect(stored.equals(expected.get(key)?.raw ?? Buffer.alloc(0))).toBe(true);
    }
  });

  it('has a row and the bytes of every file that came in, and of no other', async () => {
    for (const { key, files, text } of rows) {
      const { arrival, name } = expected.get(key) ?? {};
      // Of a file larger than these mails carry nothing differs here; the limit has tests of its own.
      if (!arrival || arrival.notices.includes('mail.file_too_large')) continue;
      expect({ name, text, files: files.map((file) => file.name) }).toEqual({
        name,
        text: arrival.text,
        files: arrival.attachments.map((file) => file.fileName),
      });
      for (const file of files) expect(sha256(await buffer(await world.storage.get(file.key)))).toBe(file.sha256);
    }
  });
});
