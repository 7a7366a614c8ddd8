import { createHmac } from 'node:crypto';
import { LateFiles } from '#channels';
import { DomainError } from '#platform';
import { waitFor } from '../support/wait.js';
import { CARE, CONVERSATION, LUCIA, PICTURE, PNG, SECRET, TwitterWorld } from './twitter.world.js';

let world: TwitterWorld;
beforeEach(async () => {
  world = await TwitterWorld.start();
});
afterEach(() => world.end());

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
};
const sign = (body: Buffer | string): string => `sha256=${createHmac('sha256', SECRET).update(body).digest('base64')}`;
const event = (id: string, text: string, more: object = {}) => ({
  type: 'message_create',
  id,
  created_timestamp: String(Date.now()),
  message_create: { target: { recipient_id: CARE }, sender_id: LUCIA, message_data: { text, ...more } },
});
const body = (...events: unknown[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      for_user_id: CARE,
      direct_message_events: events,
      users: { [LUCIA]: { name: 'Lucía Ferrer Aguado', screen_name: 'lucia_ferrer' } },
    }),
  );
/** So many new interactions the deliveries made together. */
const made = (counts: number[]): number => counts.reduce((sum, count) => sum + count, 0);

describe('X knocks', () => {
  it('and is answered with the proof that we hold its secret', () => {
    expect(world.webhook.answerChallenge('abc')).toEqual({ response_token: sign('abc') });
  });

  it('and gives nobody a signature for a delivery of their own making', async () => {
    const forged = body(event('1', 'Hola')).toString();
    for (const token of [forged, ` ${forged}`, '{}', '', 'x'.repeat(513)])
      expect(await codeOf(() => world.webhook.answerChallenge(token))).toBe('request.invalid');
  });

  it('and is let in with its signature over the bytes as they came, and with no other', async () => {
    const raw = body(event('1', 'Hola'));
    world.webhook.verify(raw, sign(raw));
    for (const wrong of [undefined, '', 'sha256=', sign(`${raw.toString()} `), sign(raw).slice(0, -1), 'sha256=é']) {
      expect(await codeOf(() => world.webhook.verify(raw, wrong))).toBe('webhook.bad_signature');
    }
  });
});

describe('a direct message', () => {
  it('of the same millisecond as another stands where its id says, whichever X told first', async () => {
    const at = { created_timestamp: String(Date.now()) };
    const ids = ['1860000000000000009', '1860000000000000010', '1860000000000000011'];
    const [first, second, third] = ids.map((id, index) => ({ ...event(id, `mensaje ${index + 1}`), ...at }));
    expect(await world.webhook.receive(body(third, first, second))).toBe(3);
    expect((await world.interactions()).map(({ text }) => text)).toEqual(['mensaje 1', 'mensaje 2', 'mensaje 3']);
  });

  it('becomes an interaction of its writer, with everything X says about it', async () => {
    const id = await world.write('No tengo línea <desde ayer> & sin datos: https://nexo.test/estado?a=1');
    await waitFor(async () => (await world.interactions()).length > 0);
    expect(await world.interactions()).toMatchObject([
      {
        direction: 'inbound',
        externalId: id,
        text: 'No tengo línea <desde ayer> & sin datos: https://nexo.test/estado?a=1',
        author: 'Lucía Ferrer Aguado',
      },
    ]);
    expect(await world.rows('select kind, value, handle, display from contact_point')).toEqual([
      { kind: 'twitter', value: LUCIA, handle: 'lucia_ferrer', display: '@lucia_ferrer' },
    ]);
    expect(
      await world.rows('select account, thread_ref, last_inbound_at is not null as inbound from channel_thread'),
    ).toEqual([{ account: CARE, thread_ref: CONVERSATION, inbound: true }]);
  });

  it.each(['xaa', 'both'] as const)('is the same one in the envelope of X Activity (%s)', async (envelope) => {
    world.weather({ webhooks: { envelope, copies: 3 } });
    const id = await world.write('Hola');
    const deliveries = envelope === 'both' ? 6 : 3;
    await waitFor(
      () => world.sandbox.outside.courier.deliveries.filter((one) => one.status === 200).length >= deliveries,
    );
    expect(await world.interactions()).toMatchObject([{ externalId: id, text: 'Hola', author: 'Lucía Ferrer Aguado' }]);
  });

  it('brought 50 times at once is one', async () => {
    const raw = body(event('1860000000000000001', 'Hola'));
    const counts = await Promise.all(Array.from({ length: 50 }, () => world.webhook.receive(raw)));
    expect(made(counts)).toBe(1);
    expect(await world.interactions()).toHaveLength(1);
    expect(await world.rows('select from cases')).toHaveLength(1);
    expect(await world.rows(`select from case_event where type = 'interaction.received'`)).toHaveLength(1);
  });

  it('does not wait for others of its body, and 120 of them are 120', async () => {
    const events = Array.from({ length: 120 }, (_one, index) => event(String(1_000 + index), `Mensaje ${index}`));
    expect(await world.webhook.receive(body(...events))).toBe(120);
    expect(await world.webhook.receive(body(...events))).toBe(0);
    expect(await world.taken()).toEqual(events.map(({ id }) => id));
    expect(await world.rows('select from cases')).toHaveLength(1);
  });

  it('that our side typed in X itself is on the case as ours', async () => {
    await world.write('Hola');
    await waitFor(async () => (await world.interactions()).length === 1);
    const id = await world.writeInX('Lo miramos');
    await waitFor(async () => (await world.interactions()).length === 2);
    expect((await world.interactions())[1]).toMatchObject({
      direction: 'outbound',
      externalId: id,
      text: 'Lo miramos',
      author: '@nexo_ayuda',
    });
    expect(await world.rows('select from cases')).toHaveLength(1);
    expect(await world.rows('select from customer')).toHaveLength(1);
  });
});

describe('a picture', () => {
  it('comes along, and its link leaves the text', async () => {
    await world.write('Así está', PICTURE);
    await waitFor(async () => (await world.interactions()).length === 1);
    const [attachment] = await world.rows<{
      content_type: string;
      storage_key: string;
      file_name: string;
      size: string;
    }>('select content_type, storage_key, file_name, size from attachment');
    expect(await world.interactions()).toMatchObject([{ text: 'Así está' }]);
    expect(attachment).toMatchObject({ content_type: 'image/png', size: String(PNG.length) });
    expect(attachment?.file_name).toMatch(/^\d+\.png$/);
    expect(await world.file(attachment?.storage_key)).toEqual(PNG);
  });

  it('that cannot be fetched keeps nobody waiting: it is said that it comes later', async () => {
    world.weather({ twitter: { fileErrorNext: 1 } });
    await world.write('Así está', PICTURE);
    await waitFor(async () => (await world.interactions()).length === 1);
    const [only] = await world.interactions();
    expect(only?.text).toBe('Así está');
    expect(await world.rows('select from attachment')).toHaveLength(0);
    expect(await world.rows('select notices from interaction')).toEqual([
      { notices: [{ code: 'twitter.files_coming', values: { count: '1' } }] },
    ]);
    expect(await world.rows('select state, attempts, url from twitter_file')).toMatchObject([
      { state: 'owed', attempts: 0, url: expect.stringMatching(/^https:\/\/ton\.twitter\.com\/\S+\.png$/) },
    ]);
  });

  it('is not fetched from anybody but X', async () => {
    const media = { media_url_https: `https://127.0.0.1:${world.sandbox.twitterPort}/x.png` };
    const dialled = await world.dialled(async () => {
      await world.webhook.receive(body(event('7', 'Mira', { attachment: { type: 'media', media } })));
      await world.rows('update twitter_file set due_at = now()');
      await world.get(LateFiles).look();
    });
    expect(dialled).toBe(0);
    expect(await world.rows('select text, notices from interaction')).toMatchObject([
      {
        text: 'Mira',
        notices: [{ code: 'twitter.files_not_fetched', values: { count: '1', addresses: media.media_url_https } }],
      },
    ]);
  });

  it('of a message that is there already is not fetched again', async () => {
    await world.write('Así está', PICTURE);
    await waitFor(async () => (await world.interactions()).length === 1);
    const { items } = await world.control<{ items: { id: string }[] }>('GET', '/dms');
    const dialled = await world.dialled(() =>
      world.control('POST', '/webhooks/redeliver', { dmId: items[0]?.id, copies: 5 }),
    );
    expect(dialled).toBe(0);
    expect(await world.rows('select from attachment')).toHaveLength(1);
  });
});

describe('what cannot be read', () => {
  it.each([['{"for_user_id":'], ['[]'], ['7'], ['']])('%j is kept whole and refused', async (text) => {
    const raw = Buffer.from(text);
    expect(await codeOf(() => world.webhook.receive(raw))).toBe('webhook.bad_body');
    expect(await codeOf(() => world.webhook.receive(raw))).toBe('webhook.bad_body');
    const rejects = await world.rejects();
    expect(rejects).toMatchObject([{ reason: 'webhook.bad_body' }]);
    expect(await world.file(rejects[0]?.storageKey)).toEqual(raw);
  });

  it('an object of another shape is kept and not refused: X would stop delivering', async () => {
    expect(await world.webhook.receive(Buffer.from('{"hello":1,"world":2}'))).toBe(0);
    expect(await world.rejects()).toMatchObject([{ reason: 'webhook.unknown_shape', detail: 'hello, world' }]);
  });

  it('one event of several is kept, the others are taken in', async () => {
    const raw = body({ type: 'message_create', id: '5' }, event('6', 'Hola'));
    expect(await world.webhook.receive(raw)).toBe(1);
    expect(await world.webhook.receive(raw)).toBe(0);
    const rejects = await world.rejects();
    expect(rejects).toMatchObject([{ reason: 'twitter.unmappable_event' }]);
    expect(await world.file(rejects[0]?.storageKey)).toEqual(raw);
    expect(await world.interactions()).toMatchObject([{ externalId: '6' }]);
  });

  it('an encrypted message is listed', async () => {
    const chat = {
      data: { event_type: 'chat.received', payload: { id: '1', sender_id: LUCIA, encoded_event: 'AAAA' } },
    };
    expect(await world.webhook.receive(Buffer.from(JSON.stringify(chat)))).toBe(0);
    expect(await world.rejects()).toMatchObject([{ reason: 'twitter.encrypted_chat', sender: LUCIA }]);
  });

  it('typing, reading and kinds of tomorrow leave nothing behind', async () => {
    for (const kind of ['direct_message_indicate_typing_events', 'follow_events', 'tomorrow_events']) {
      expect(await world.webhook.receive(Buffer.from(JSON.stringify({ for_user_id: CARE, [kind]: [{}] })))).toBe(0);
    }
    expect(await world.rejects()).toEqual([]);
    expect(await world.interactions()).toEqual([]);
  });
});
