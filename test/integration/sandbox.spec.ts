import { TwitterApi } from 'twitter-api-v2';
import { CARE, KEYS, LUCIA, PICTURE, PNG, type World, refused, sent, startWorld } from './sandbox.world.js';

let world: World;
let x: TwitterApi;
let control: World['control'];
let write: World['write'];

beforeEach(async () => {
  world = await startWorld();
  ({ x, control, write } = world);
});
afterEach(() => world.end());

describe('X, as the product calls it', () => {
  it('knows the account behind a right signature and nobody behind a wrong one', async () => {
    const me = await x.v2.me({ 'user.fields': ['created_at'] });
    expect(me.data).toMatchObject({ id: CARE, username: 'nexo_ayuda' });
    const lucia = await x.v2.userByUsername('lucia_ferrer');
    expect(lucia.data).toEqual({ id: LUCIA, name: 'Lucía Ferrer Aguado', username: 'lucia_ferrer' });
    const stranger = new TwitterApi({ ...KEYS, accessSecret: 'guessed' }, { httpAgent: world.agent });
    const wrong = await refused(stranger.v2.me());
    expect(wrong.code).toBe(401);
    expect(wrong.data).toMatchObject({ title: 'Unauthorized', status: 401, type: 'about:blank' });
  });

  it('refuses direct messages to an application without a person', async () => {
    const app = new TwitterApi('AAAAan-application', { httpAgent: world.agent });
    const refusal = await refused(app.v2.listDmEvents());
    expect(refusal.code).toBe(403);
    expect(refusal.data.title).toBe('Unsupported Authentication');
  });

  it('lists newest first, page by page, with senders', async () => {
    const written: string[] = [];
    for (let n = 1; n <= 7; n += 1) written.push((await write(`mensaje ${n}`)).id);
    const list = await x.v2.listDmEvents({
      max_results: 3,
      'dm_event.fields': ['created_at', 'sender_id', 'dm_conversation_id'],
      expansions: ['sender_id'],
    });
    expect(list.meta.next_token).toMatch(/^[0-9A-V]{16,}$/);
    expect(list.includes.users).toEqual([{ id: LUCIA, name: 'Lucía Ferrer Aguado', username: 'lucia_ferrer' }]);
    expect(list.events[0]).toEqual({
      id: written[6],
      text: 'mensaje 7',
      event_type: 'MessageCreate',
      sender_id: LUCIA,
      dm_conversation_id: `${LUCIA}-${CARE}`,
      created_at: new Date(world.clock.now).toISOString(),
    });
    const ids: string[] = [];
    for await (const event of list) ids.push(event.id);
    expect(ids).toEqual(written.toReversed());
    expect(BigInt(written[0] ?? 0) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
  });

  it('answers an empty list and refuses unknown fields and tokens in X’s words', async () => {
    const none = await x.v2.listDmEventsWithParticipant(LUCIA);
    expect(none.events).toEqual([]);
    const field = await refused(x.v2.get('dm_events', { 'dm_event.fields': 'mood' }));
    expect(field.code).toBe(400);
    expect(field.data).toMatchObject({ title: 'Invalid Request' });
    const token = await refused(x.v2.listDmEvents({ pagination_token: '0000000000000000ABCD' }));
    expect(token.code).toBe(400);
  });

  it('delivers what is sent, in the same conversation both ways', async () => {
    await write('¿hay alguien?');
    const answer = await sent(x.v2.sendDmToParticipant(LUCIA, { text: 'Sí, Lucía. Mira https://hilo.test/t/abc' }));
    const conversation = `${LUCIA}-${CARE}`;
    expect(answer.dm_conversation_id).toBe(conversation);
    const again = await sent(x.v2.sendDmInConversation(conversation, { text: 'Un momento' }));
    const inbox = await control<{ items: { id: string; text: string }[] }>('GET', `/customers/lucia_ferrer/inbox`);
    expect(inbox.items.map(({ id, text }) => [id, text])).toEqual([
      [answer.dm_event_id, 'Sí, Lucía. Mira https://hilo.test/t/abc'],
      [again.dm_event_id, 'Un momento'],
    ]);
    const seen = await x.v2.listDmEventsOfConversation(conversation, { 'dm_event.fields': ['entities', 'sender_id'] });
    expect(seen.events.map((event) => 'sender_id' in event && event.sender_id)).toEqual([CARE, CARE, LUCIA]);
    expect(seen.events[1]).toMatchObject({
      text: expect.stringMatching(/^Sí, Lucía\. Mira https:\/\/t\.co\/\w{10}$/),
      entities: { urls: [expect.objectContaining({ start: 16, end: 39, expanded_url: 'https://hilo.test/t/abc' })] },
    });
  });

  it('refuses what X refuses: closed messages, empty bodies, somebody else’s conversation', async () => {
    await control('PATCH', `/customers/${LUCIA}`, { acceptsDms: false });
    const closed = await refused(x.v2.sendDmToParticipant(LUCIA, { text: 'hola' }));
    expect(closed.code).toBe(403);
    expect(closed.data.detail).toBe('You do not have permission to DM one or more participants.');
    expect((await refused(x.v2.sendDmToParticipant(LUCIA, {}))).code).toBe(400);
    expect((await refused(x.v2.sendDmInConversation('1-2', { text: 'hola' }))).code).toBe(403);
    await control('POST', '/knobs', { twitter: { unknownRecipients: 'refuse' } });
    expect((await refused(x.v2.sendDmToParticipant('12345', { text: 'hola' }))).code).toBe(404);
    expect((await control<{ items: unknown[] }>('GET', '/dms')).items).toEqual([]);
  });

  it('carries pictures both ways', async () => {
    await write('mira la pantalla', PICTURE);
    const [event] = (
      await x.v2.listDmEvents({ expansions: ['attachments.media_keys'], 'media.fields': ['url', 'type'] })
    ).events;
    expect(event).toMatchObject({ text: expect.stringMatching(/^mira la pantalla https:\/\/t\.co\/\w{10}$/) });
    const list = await x.v2.listDmEvents({ expansions: ['attachments.media_keys'], 'media.fields': ['url', 'type'] });
    const url = list.includes.media[0]?.url ?? '';
    expect(url).toMatch(/^https:\/\/ton\.twitter\.com\//);
    expect(await x.v1.downloadDmImage(url)).toEqual(PNG);

    const wrong = await x.v2.uploadMedia(PNG, { media_type: 'image/png', media_category: 'tweet_image' });
    const refusal = await refused(x.v2.sendDmToParticipant(LUCIA, { attachments: [{ media_id: wrong }] }));
    expect(refusal.data.detail).toBe('You are not permitted to attach this media to a DM event.');
    const right = await x.v2.uploadMedia(PNG, { media_type: 'image/png', media_category: 'dm_image' });
    await x.v2.sendDmToParticipant(LUCIA, { text: 'así', attachments: [{ media_id: right }] });
    const inbox = await control<{ items: { attachment: { url: string } }[] }>('GET', `/customers/${LUCIA}/inbox`);
    const received = await fetch(`${world.sandbox.url}${inbox.items[0]?.attachment.url ?? ''}`);
    expect(Buffer.from(await received.arrayBuffer())).toEqual(PNG);
  });

  it('counts strictly when told to: 15 sends, then 429 until the window ends', async () => {
    await control('POST', '/knobs', { twitter: { rateLimits: 'strict' } });
    for (let n = 1; n <= 15; n += 1) await x.v2.sendDmToParticipant(LUCIA, { text: `aviso ${n}` });
    const limited = await refused(x.v2.sendDmToParticipant(LUCIA, { text: 'aviso 16' }));
    expect(limited.rateLimitError).toBe(true);
    expect(limited.rateLimit).toMatchObject({ limit: 15, remaining: 0, userDay: { limit: 1440, remaining: 1425 } });
    expect(limited.rateLimit?.reset).toBe(Math.ceil((world.clock.now + 15 * 60_000) / 1000));
    world.clock.now += 15 * 60_000;
    await x.v2.sendDmToParticipant(LUCIA, { text: 'aviso 16' });
    expect((await control<{ items: unknown[] }>('GET', '/dms')).items).toHaveLength(16);
  });

  it('fails as told: 429 now, 503 before and after the commit, a broken connection, credits and keys gone', async () => {
    const hello = () => x.v2.sendDmToParticipant(LUCIA, { text: 'hola' });
    const delivered = async () => (await control<{ items: unknown[] }>('GET', '/dms')).items.length;
    await control('POST', '/knobs', { twitter: { limitNext: 1 } });
    expect((await refused(hello())).code).toBe(429);
    await control('POST', '/knobs', { twitter: { errorRate: 0.5 } });
    await hello();
    expect((await refused(hello())).code).toBe(503);
    expect(await delivered()).toBe(1);
    await control('POST', '/knobs', { twitter: { errorRate: 0, errorAfterCommitNext: 1 } });
    expect((await refused(hello())).code).toBe(503);
    expect(await delivered()).toBe(2);
    await control('POST', '/knobs', { twitter: { resetAfterCommitNext: 1 } });
    await expect(hello()).rejects.toThrow(/request failed/i);
    expect(await delivered()).toBe(3);
    await control('POST', '/knobs', { twitter: { outOfCredits: true } });
    expect((await refused(hello())).code).toBe(402);
    await control('DELETE', '/knobs');
    await control('POST', '/knobs', { twitter: { unauthorised: true } });
    expect((await refused(hello())).code).toBe(401);
    expect(await delivered()).toBe(3);
  });
});
