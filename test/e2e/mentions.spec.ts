import { z } from 'zod';
import { InteractionEntry, TimelinePage } from '#contracts';
import { waitFor } from '../support/wait.js';
import type { Person } from './outside.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, UNDO_SECONDS, type World } from './world.js';

const Answered = z.object({
  items: z.array(z.object({ type: z.string(), text: z.string().optional(), refId: z.string().nullish() })),
});

describe('somebody who calls us in public on X', () => {
  let world: World;
  let agent: Staff;
  let person: Person;
  let postId: string;
  let caseId: string;

  beforeAll(async () => {
    world = await startWorld();
    agent = await world.login('agent@hilo.test');
    person = await world.outside.newcomer();
    postId = await post('@nexo_ayuda llevo dos días sin línea y nadie contesta');
    const [row] = await waitFor(async () => {
      const rows = await agent.cases(`q=${person.handle}`);
      return rows.length === 1 && rows;
    });
    caseId = row?.id ?? '';
  });
  afterAll(() => world?.stop());

  async function post(text: string): Promise<string> {
    const answer = await fetch(`${world.sandbox.url}/control/customers/${person.id}/post`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    return z.object({ id: z.string() }).parse(await answer.json()).id;
  }
  const entries = async (): Promise<InteractionEntry[]> => {
    const { items } = await agent.done(`/cases/${caseId}/timeline`, TimelinePage);
    return items.filter((item) => item.type === 'interaction');
  };
  const invite = (interactionId: string) =>
    agent.ask(`/cases/${caseId}/invitations`, { method: 'POST', body: { interactionId } });

  it('is on a case, with the address of the post, and cannot be written to in private', async () => {
    expect(await entries()).toMatchObject([
      { direction: 'inbound', public: { url: `https://x.com/${person.handle}/status/${postId}`, answers: null } },
    ]);
    expect((await agent.case(caseId)).threads).toMatchObject([
      { channel: 'twitter', open: false, reason: 'never_wrote' },
    ]);
    const refused = await agent.ask(`/cases/${caseId}/replies`, {
      method: 'POST',
      body: { channel: 'twitter', text: 'Hola' },
    });
    expect(errorOf(refused)).toMatchObject({ status: 422, code: 'thread.unreachable' });
  });

  it('is invited into private once, and answers there', async () => {
    const [mention] = await entries();
    const first = InteractionEntry.parse((await invite(mention?.id ?? '')).body);
    const again = InteractionEntry.parse((await invite(mention?.id ?? '')).body);
    expect(again.id).toBe(first.id);
    expect(first).toMatchObject({ delivery: { state: 'held' }, public: { url: null, answers: mention?.externalId } });

    world.clock.advance(UNDO_SECONDS * 1000);
    const sent = await waitFor(async () => {
      const entry = (await entries()).find(({ id }) => id === first.id);
      return entry?.delivery?.state === 'sent' && entry;
    });
    expect(sent.public?.url).toMatch(/^https:\/\/x\.com\/.+\/status\/\d+$/);
    const inbox = await fetch(`${world.sandbox.url}/control/customers/${person.id}/inbox`);
    expect(Answered.parse(await inbox.json()).items).toMatchObject([{ type: 'post', refId: postId, text: first.text }]);

    await world.outside.writeDm(person, 'Vale, os escribo por aquí');
    await waitFor(async () => (await entries()).length === 3);
    expect((await agent.case(caseId)).threads).toMatchObject([{ channel: 'twitter', open: true, reason: null }]);
  });

  it('cannot be written to any more once what they wrote in private turns out to be about another case', async () => {
    const stranger = await world.outside.newcomer('Antonio Bermejo');
    await world.outside.writeDm(stranger, 'Otro asunto');
    const [other] = await waitFor(async () => {
      const rows = await agent.cases(`q=${stranger.handle}`);
      return rows.length === 1 && rows;
    });
    const message = (await entries()).at(-1);
    const moved = await agent.ask(`/cases/${caseId}/entries/${message?.id}/move`, {
      method: 'POST',
      body: { toCaseReference: other?.reference, reason: 'Es del otro caso' },
    });
    expect(moved.status).toBe(200);
    expect((await agent.case(caseId)).threads).toMatchObject([
      { channel: 'twitter', open: false, reason: 'never_wrote' },
    ]);
    await world.outside.writeDm(person, 'Sigo aquí');
    await waitFor(async () => (await entries()).length === 3);
    expect((await agent.case(caseId)).threads).toMatchObject([{ channel: 'twitter', open: true }]);
  });

  it('is not invited for what was said in private, or what is not there', async () => {
    const message = (await entries()).at(-1);
    expect(errorOf(await invite(message?.id ?? ''))).toMatchObject({ status: 409, code: 'invitation.not_public' });
    expect(errorOf(await invite('00000000-0000-7000-8000-000000000000'))).toMatchObject({
      status: 404,
      code: 'interaction.not_found',
    });
  });

  it('is found by the handle they went by before', async () => {
    const before = person.handle;
    const handle = `n${before.slice(1)}`;
    await fetch(`${world.sandbox.url}/control/customers/${person.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ handle }),
    });
    await world.outside.writeDm(person, 'Me he cambiado el nombre');
    await waitFor(async () => (await agent.case(caseId)).contactPoints.some((point) => point.handle === handle));
    for (const typed of [before, `@${before}`, handle]) {
      expect((await agent.cases(`q=${encodeURIComponent(typed)}`)).map(({ id }) => id)).toEqual([caseId]);
    }
  });

  it('reaches a product that has looked after its webhook', async () => {
    const [row] = await waitFor(async () => {
      const rows = await world.database.query<{ state: string }>(
        `select state from channel_health where key = 'twitter:1700000000000000001:webhook'`,
      );
      return rows.length === 1 && rows;
    });
    expect(row).toEqual({ state: 'ok' });
  });
});
