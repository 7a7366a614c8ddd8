import { RejectService } from '#cases';
import type { Reject } from '#contracts';
import { DomainError, newId } from '#platform';
import type { Principal } from '#identity';
import { RejectView } from '#views';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { EmailWorld, plainMail } from './email.world.js';

let test: TestDatabase;
let world: EmailWorld;
let rejects: RejectService;
let view: RejectView;
let agent: Principal;
beforeAll(async () => {
  test = await createDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await EmailWorld.start(test, { HILO_MAIL_SENDER_LIMIT: '8' });
  rejects = new RejectService(world.clock);
  view = new RejectView(world.database);
  agent = await aPerson('agent');
});
afterEach(() => world.end());

async function aPerson(role: 'agent' | 'store'): Promise<Principal> {
  const id = newId();
  await world.test.query(
    `insert into agent (id, email, display_name, password_hash, role) values ($1, $2, 'Ana', 'none', $3)`,
    [id, `${id}@hilo.test`, role === 'agent' ? role : 'supervisor'],
  );
  return { id, email: `${id}@hilo.test`, displayName: 'Ana', role, storeId: null, language: 'es' };
}

const decide = (what: 'release' | 'discard', id: string, who = agent): Promise<Reject> =>
  world.database.transaction(async (tx) => {
    await rejects[what](tx, who, id);
    return view.one(tx, id);
  });
const list = async (state: 'open' | 'released' | 'discarded' | 'decided' | 'all' = 'open') =>
  (await view.list({ limit: 50, state })).items;
const decisions = () =>
  world.test.query('select decision, decided_by from reject_decision order by decided_at, decision');

/** A mail the house holds back, and five it let in. */
async function heldMail(): Promise<Reject> {
  await world.deliver(
    ...Array.from({ length: 6 }, (_, n) =>
      plainMail({ messageId: `<${n}@x>`, text: 'abcdef'.charAt(n).repeat(30 + n) }),
    ),
  );
  // The watch looks from the eighth mail on.
  await world.drained();
  await world.deliver(
    ...[6, 7, 8].map((n) => plainMail({ messageId: `<${n}@x>`, text: `${'ghi'.charAt(n - 6).repeat(9 + n)}` })),
  );
  await world.drained();
  const [held] = await list();
  if (!held) throw new Error('nothing was held back');
  return held;
}

it('what was held back is listed with its reason, whole, and can be taken in once', async () => {
  const held = await heldMail();
  expect(held).toMatchObject({
    channel: 'email',
    reason: 'mail.rate',
    sender: 'robin@example.com',
    subject: 'No funciona',
    state: 'open',
    decidedBy: null,
    releasable: true,
  });
  const before = await world.count('interaction');
  const answers = await Promise.all([decide('release', held.id), decide('release', held.id)]);
  for (const answer of answers)
    expect(answer).toMatchObject({
      state: 'released',
      decidedBy: { id: agent.id, displayName: 'Ana' },
      releasable: false,
    });
  expect(await world.drained()).toBe(1);
  expect(await world.drained()).toBe(0);
  expect(await world.count('interaction')).toBe(before + 1);
  await decide('release', held.id);
  expect(await world.drained()).toBe(0);
  expect((await list('released')).map(({ id }) => id)).toEqual([held.id]);
  expect((await list()).map(({ id }) => id)).not.toContain(held.id);
  expect(await decisions()).toEqual([{ decision: 'released', decided_by: agent.id }]);
});

it('what nobody needs is put away, and can still be taken in', async () => {
  const held = await heldMail();
  const ids = async (state: 'open' | 'decided') => (await list(state)).map(({ id }) => id);
  expect([await ids('open'), await ids('decided')]).toEqual([expect.arrayContaining([held.id]), []]);
  expect(await decide('discard', held.id)).toMatchObject({ state: 'discarded', releasable: true });
  expect(await ids('open')).not.toContain(held.id);
  expect(await ids('decided')).toEqual([held.id]);
  expect(await decide('discard', held.id)).toMatchObject({ state: 'discarded' });
  const before = await world.count('interaction');
  expect(await world.drained()).toBe(0);
  expect(await decide('release', held.id)).toMatchObject({ state: 'released' });
  await world.drained();
  expect(await world.count('interaction')).toBe(before + 1);
  await expect(decide('discard', held.id)).rejects.toMatchObject({ code: 'reject.released' });
  expect((await decisions()).map((row) => row['decision'])).toEqual(['discarded', 'released']);
});

it("our own echo under a stranger's name can be let in, a bounce too, as what they are", async () => {
  await world.deliver(plainMail({ headers: 'X-Hilo-Id: 0197' }));
  await world.deliverAs(
    { from: '', to: world.config.mail.address },
    plainMail({ from: 'mailer-daemon@x.es', subject: 'failure notice', messageId: '<b@x>' }),
  );
  await world.drained();
  const open = await list();
  expect(open.map(({ reason }) => reason).sort()).toEqual(['mail.bounce_unmatched', 'mail.own_loop']);
  for (const { id } of open) await decide('release', id);
  await world.drained();
  expect(await world.test.query('select automatic, count(*)::int as n from interaction group by 1')).toEqual([
    { automatic: false, n: 2 },
  ]);
});

it.each([
  ['without a sender', plainMail({ from: 'Robin <>' })],
  ['from ourselves', plainMail({ from: 'care@hilo.test' })],
])('a mail %s cannot be put on a case, only away', async (_what, raw) => {
  await world.deliver(raw);
  await world.drained();
  const [held] = await list();
  expect(held).toMatchObject({ releasable: false });
  await expect(decide('release', held?.id ?? '')).rejects.toMatchObject({ code: 'reject.not_releasable' });
  expect(await decide('discard', held?.id ?? '')).toMatchObject({ state: 'discarded' });
});

it('what was let in and still cannot be taken in is open again', async () => {
  const held = await heldMail();
  await decide('release', held.id);
  world.intake.stumble = () => Promise.reject(new Error('it will not go'));
  for (let tries = 0; tries < 8; tries += 1) {
    await world.drained();
    world.clock.advance(3_700_000);
  }
  expect(await list()).toContainEqual(
    expect.objectContaining({ id: held.id, reason: 'mail.not_taken_in', releasable: true }),
  );
  expect((await decisions()).map((row) => row['decision'])).toEqual(['released', 'kept_again']);
  world.intake.stumble = () => Promise.resolve();
  const before = await world.count('interaction');
  await decide('release', held.id);
  await world.drained();
  expect(await world.count('interaction')).toBe(before + 1);
});

it('is decided by those who may, about what there is', async () => {
  const held = await heldMail();
  await expect(decide('release', held.id, await aPerson('store'))).rejects.toBeInstanceOf(DomainError);
  await expect(decide('release', newId())).rejects.toMatchObject({ code: 'reject.not_found' });
  expect(await decisions()).toEqual([]);
});
