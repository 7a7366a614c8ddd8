import { MentionPoller } from '#channels';
import { InvitationService, lockCase } from '#cases';
import type { Principal } from '#identity';
import { DomainError } from '#platform';
import { waitFor } from '../support/wait.js';
import { ANTONIO, CARE, LUCIA, TwitterWorld } from './twitter.world.js';

let world: TwitterWorld;
let mentions: MentionPoller;
beforeEach(async () => {
  world = await TwitterWorld.start();
  mentions = world.get(MentionPoller);
  await world.rows(
    `insert into agent (id, email, password_hash, display_name, role, language, active, created_at)
     values ($1, 'marta@hilo.test', '', 'Marta', 'agent', 'es', true, now())`,
    [MARTA.id],
  );
});
afterEach(() => world.end());

const MARTA: Principal = {
  id: '00000000-0000-7000-8000-000000000001',
  email: 'marta@hilo.test',
  displayName: 'Marta',
  role: 'agent',
  storeId: null,
  language: 'es',
};

interface Entry {
  id: string;
  caseId: string;
  text: string;
  externalId: string;
  url: string | null;
  writer: string;
}
const entries = () =>
  world.rows<Entry>(
    `select i.id, i.case_id as "caseId", i.text, i.external_id as "externalId", i.public_url as url, p.value as writer
     from interaction i join contact_point p on p.id = i.contact_point_id where i.direction = 'inbound' order by i.occurred_at, i.id`,
  );
const arrived = (count: number) => waitFor(async () => (await entries()).length === count);
const post = (text: string, more: object = {}, from = LUCIA) =>
  world.control<{ id: string; url: string }>('POST', `/customers/${from}/post`, { text, ...more });
const posts = () => world.sandbox.outside.posts.all();
const ours = () => posts().filter((one) => one.authorId === CARE);

const invite = (interactionId: string) =>
  world.database.transaction(async (tx) => {
    const [row] = await tx.query<{ id: string }[]>('select case_id as id from interaction where id = $1', [
      interactionId,
    ]);
    const found = await lockCase(tx, MARTA, row?.id ?? '');
    return world.get(InvitationService).invite(tx, MARTA, found, interactionId);
  });
/** The invitation leaves, as when its time to be taken back is over. */
const leave = async (id: string) => {
  await world.rows(`update delivery set state = 'pending' where interaction_id = $1`, [id]);
  return world.deliver(id);
};

describe('a public post that calls us', () => {
  it('stands on the case of who wrote it, marked as public, and opens no way to write to them', async () => {
    const { id, url } = await post('@nexo_ayuda llevo dos días sin línea');
    await arrived(1);
    expect(await entries()).toMatchObject([
      { externalId: `post:${id}`, url, text: '@nexo_ayuda llevo dos días sin línea', writer: LUCIA },
    ]);
    expect(await world.rows('select account, thread_ref, last_inbound_at from channel_thread')).toEqual([
      { account: CARE, thread_ref: null, last_inbound_at: null },
    ]);
    await world.write('Y ahora en privado');
    await arrived(2);
    expect(await world.rows('select last_inbound_at is not null as open from channel_thread')).toEqual([
      { open: true },
    ]);
    expect(await world.rows('select from cases')).toHaveLength(1);
  });

  it('is one, whether webhook or poll told of it, in whichever envelope, however often', async () => {
    world.weather({ webhooks: { envelope: 'both', copies: 2 } });
    await post('@nexo_ayuda hola');
    await arrived(1);
    expect(await mentions.poll(CARE)).toBe(0);
    world.weather({ webhooks: { enabled: false } });
    const { id } = await post('@nexo_ayuda sigo igual');
    expect(await mentions.poll(CARE)).toBe(1);
    expect(await mentions.poll(CARE)).toBe(0);
    expect(await world.rows('select value from channel_cursor where key = $1', [`twitter:${CARE}:mentions`])).toEqual([
      { value: id },
    ]);
    expect(await entries()).toHaveLength(2);
  });

  it('is found by polling through all its pages, oldest first', async () => {
    world.weather({ webhooks: { enabled: false } });
    for (let number = 0; number < 230; number += 1) {
      world.sandbox.outside.posts.add(number % 2 ? LUCIA : ANTONIO, { text: `@nexo_ayuda número ${number}` });
    }
    expect(await mentions.poll(CARE)).toBe(230);
    const ids = posts().map(({ id }) => `post:${id}`);
    expect((await entries()).map(({ externalId }) => externalId).sort()).toEqual([...ids].sort());
    expect(await world.taken()).toEqual(ids);
  });

  it('is nothing when it only passes another on, quotes without a word, or is ours', async () => {
    world.weather({ webhooks: { envelope: 'both' } });
    const { id } = await post('@nexo_ayuda hola');
    await arrived(1);
    await post('', { kind: 'retweet', refId: id }, ANTONIO);
    await post('@nexo_ayuda https://t.co/abc', { kind: 'quote', refId: id }, ANTONIO);
    world.sandbox.outside.posts.add(CARE, { text: '@nexo_ayuda somos nosotros' });
    await post('@nexo_ayuda y yo igual', { kind: 'quote', refId: id }, ANTONIO);
    await arrived(2);
    expect(await mentions.poll(CARE)).toBe(0);
    expect(await world.rejects()).toEqual([]);
  });

  it('is looked for by itself beside the messages', async () => {
    world.weather({ webhooks: { enabled: false } });
    await post('@nexo_ayuda hola');
    await world.write('Y en privado');
    world.poller.start();
    await arrived(2);
  });

  it('of X that has no time for us waits until it has', async () => {
    world.weather({ webhooks: { enabled: false }, twitter: { outOfCredits: true } });
    await post('@nexo_ayuda hola');
    expect(await mentions.poll(CARE)).toBe(0);
    world.weather({ twitter: { outOfCredits: false } });
    expect(mentions.isDue(CARE)).toBe(false);
    world.aheadMs = 31 * 60_000;
    expect(mentions.isDue(CARE)).toBe(true);
    expect(await mentions.poll(CARE)).toBe(1);
  });
});

describe('an invitation', () => {
  it('is posted in answer to the post, says nothing of the case, and once, whoever asks again', async () => {
    const { id } = await post('@nexo_ayuda mi pedido 4711 no llega');
    await arrived(1);
    const [mention] = await entries();
    const invitation = await invite(mention?.id ?? '');
    expect(await invite(mention?.id ?? '')).toBe(invitation);
    expect(await leave(invitation)).toMatchObject({ state: 'sent', reason: null });
    expect(ours()).toMatchObject([
      { refId: id, text: expect.stringContaining(`https://x.com/messages/compose?recipient_id=${CARE}`) },
    ]);
    expect(ours()[0]?.text).not.toContain('4711');
    expect(ours()[0]?.text).toMatch(/^@lucia_ferrer /);
    const own = ours()[0]?.id;
    expect(
      await world.rows('select external_id, public_url, answers_post from interaction where id = $1', [invitation]),
    ).toEqual([
      { external_id: `post:${own}`, public_url: expect.stringContaining(`/status/${own}`), answers_post: id },
    ]);
  });

  it.each([{ errorAfterCommitNext: 1 }, { resetAfterCommitNext: 1 }])(
    'is posted once although the answer was lost: %j',
    async (twitter) => {
      await post('@nexo_ayuda hola');
      await arrived(1);
      const invitation = await invite((await entries())[0]?.id ?? '');
      world.weather({ twitter });
      expect(await leave(invitation)).toMatchObject({ state: 'pending', reason: 'outcome.unknown' });
      world.aheadMs += 120_000;
      expect(await world.deliver(invitation)).toMatchObject({ state: 'sent' });
      expect(ours()).toHaveLength(1);
    },
  );

  it('goes to nobody who has not called us in public', async () => {
    await world.write('En privado');
    await arrived(1);
    const [message] = await entries();
    await expect(invite(message?.id ?? '')).rejects.toEqual(new DomainError('invitation.not_public'));
    expect(ours()).toEqual([]);
  });

  it('that was taken back can be made anew', async () => {
    await post('@nexo_ayuda hola');
    await arrived(1);
    const mention = (await entries())[0]?.id ?? '';
    const first = await invite(mention);
    await world.rows(`update delivery set state = 'undone' where interaction_id = $1`, [first]);
    expect(await invite(mention)).not.toBe(first);
  });
});

describe('a handle', () => {
  const contact = (value: string) => world.rows('select handle, display from contact_point where value = $1', [value]);

  it('that changes changes on the person, whose case goes on', async () => {
    await world.write('Hola');
    await arrived(1);
    await world.control('PATCH', `/customers/${LUCIA}`, { handle: 'lucia_nueva' });
    await world.write('Soy la misma');
    await arrived(2);
    expect(await contact(LUCIA)).toEqual([{ handle: 'lucia_nueva', display: '@lucia_nueva' }]);
    expect(await world.rows('select handle from contact_handle')).toEqual([{ handle: 'lucia_ferrer' }]);
    expect(await world.rows('select from cases')).toHaveLength(1);
  });

  it('that somebody else takes over brings nobody onto the other one’s case', async () => {
    await world.write('Hola');
    await arrived(1);
    await world.control('PATCH', `/customers/${LUCIA}`, { handle: 'lucia_nueva' });
    await world.control('PATCH', `/customers/${ANTONIO}`, { handle: 'lucia_ferrer' });
    await world.write('Soy otro', undefined, { from: ANTONIO });
    await arrived(2);
    const both = await entries();
    expect(both.map(({ writer }) => writer)).toEqual([LUCIA, ANTONIO]);
    expect(both[0]?.caseId).not.toBe(both[1]?.caseId);
    expect(await contact(ANTONIO)).toEqual([{ handle: 'lucia_ferrer', display: '@lucia_ferrer' }]);
    expect(await contact(LUCIA)).toEqual([{ handle: null, display: LUCIA }]);
    await world.write('Y yo la de siempre');
    await arrived(3);
    expect(await contact(LUCIA)).toEqual([{ handle: 'lucia_nueva', display: '@lucia_nueva' }]);
  });
});
