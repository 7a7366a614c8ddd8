import { Readable } from 'node:stream';
import { TwitterChannel, type OutgoingMessage, type SendOutcome } from '#channels';
import { newId } from '#platform';
import { waitFor } from '../support/wait.js';
import { CONVERSATION, LUCIA, PNG, TwitterWorld } from './twitter.world.js';

let world: TwitterWorld;
/** Lucía has written; nothing is brought from here on. */
beforeEach(async () => {
  world = await TwitterWorld.start();
  await world.write('No tengo línea');
  await waitFor(async () => (await world.interactions()).length === 1);
  world.withoutWebhooks();
});
afterEach(() => world.end());

const message = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  interactionId: newId(),
  caseReference: 'H-2222-22',
  text: 'Lo miramos ahora',
  subject: null,
  attachments: [],
  to: { value: LUCIA, handle: 'lucia_ferrer', display: '@lucia_ferrer', name: 'Lucía' },
  thread: { account: null, ref: CONVERSATION, lastMessageId: null, references: [] },
  author: { displayName: 'Marta' },
  language: 'es',
  languageKnown: true,
  messageId: '<1@hilo.test>',
  firstDueAt: world.now(),
  ...change,
});
const texts = async (): Promise<string[]> => (await world.received()).map(({ text }) => text);
const idOf = (outcome: SendOutcome): string | null => (outcome.outcome === 'sent' ? outcome.externalId : null);
const picture = async (contentType = 'image/png') => {
  const stored = await world.storage.put(Readable.from([PNG]));
  const { key: storageKey, size, sha256 } = stored;
  return { id: newId(), fileName: 'a.png', contentType, size, sha256, storageKey, contentId: null, inline: false };
};

describe('a reply', () => {
  it.each([CONVERSATION, null])('reaches the customer (conversation %s)', async (ref) => {
    const thread = { account: null, ref, lastMessageId: null, references: [] };
    const outcome = await world.channel.send(message({ thread, text: 'Mira https://nexo.test/a <ya> & dime' }));
    const [received] = await world.received();
    expect(received).toMatchObject({ text: 'Mira https://nexo.test/a <ya> & dime' });
    expect(outcome).toEqual({ outcome: 'sent', externalId: received?.id, threadRef: CONVERSATION });
  });

  it('carries a picture', async () => {
    const outcome = await world.channel.send(message({ attachments: [await picture()] }));
    expect(await world.received()).toMatchObject([
      { id: idOf(outcome), text: 'Lo miramos ahora', attachment: { contentType: 'image/png' } },
    ]);
  });

  it('with several files leaves as several messages, the words first, each once', async () => {
    const attachments = [await picture(), await picture('image/gif'), await picture('video/mp4')];
    const reply = message({ attachments });
    world.weather({ twitter: { resetAfterCommitNext: 1 } });
    expect(await world.channel.send(reply)).toMatchObject({ outcome: 'unknown' });
    expect(await world.channel.settle(reply)).toMatchObject({ outcome: 'retry' });
    world.weather({ twitter: { errorAfterCommitNext: 1 } });
    expect(await world.channel.send(reply)).toMatchObject({ outcome: 'unknown' });
    expect(await world.channel.settle(reply)).toMatchObject({ outcome: 'retry' });
    const outcome = await world.channel.send(reply);
    const received = await world.received();
    expect(received.map(({ text, attachment }) => [text, attachment?.contentType])).toEqual([
      ['Lo miramos ahora', 'image/png'],
      ['', 'image/gif'],
      ['', 'video/mp4'],
    ]);
    expect(outcome).toMatchObject({ outcome: 'sent', externalId: received[0]?.id });
    // What X tells of them afterwards is no second message of ours.
    await world.poller.poll();
    expect((await world.interactions()).map(({ externalId }) => externalId)).not.toContain(received[1]?.id);
  });

  it('with files X does not take is refused before anything leaves', async () => {
    const five = await Promise.all(Array.from({ length: 5 }, () => picture()));
    for (const attachments of [[await picture('application/pdf')], five]) {
      expect(await world.channel.send(message({ attachments }))).toMatchObject({
        outcome: 'failed',
        reason: 'channel.refused',
      });
    }
    expect(await texts()).toEqual([]);
  });

  it('goes only to who wrote first', async () => {
    await world.rows(
      `with c as (insert into customer (id, display_name, created_at) values (gen_random_uuid(), 'Ana', now()) returning id)
       insert into contact_point (id, customer_id, kind, value, display, source, created_at) select gen_random_uuid(), id, 'twitter', '1540000000000000102', '@ana', 'staff', now() from c`,
    );
    for (const value of [null, '1540000000000000102', '999']) {
      const stranger = { value, handle: 'ana', display: '@ana', name: 'Ana' };
      const dialled = await world.dialled(async () => {
        expect(await world.channel.send(message({ to: stranger }))).toMatchObject({
          outcome: 'failed',
          reason: 'recipient.closed',
        });
      });
      expect(dialled).toBe(0);
    }
  });

  it('to somebody who has closed their messages fails in words', async () => {
    await world.control('PATCH', `/customers/${LUCIA}`, { acceptsDms: false });
    expect(await world.channel.send(message())).toEqual({
      outcome: 'failed',
      reason: 'recipient.closed',
      detail: '403 Forbidden · You do not have permission to DM one or more participants.',
    });
  });
});

describe('limits and trouble', () => {
  it('a used-up limit is waited for, and X is not asked meanwhile', async () => {
    world.weather({ twitter: { limitForSeconds: 120 } });
    const first = await world.channel.send(message());
    expect(first).toMatchObject({ outcome: 'wait', reason: 'channel.rate_limited' });
    const at = first.outcome === 'wait' ? (first.at?.getTime() ?? 0) : 0;
    expect(Math.abs(at - world.now().getTime() - 120_000)).toBeLessThan(5000);
    const dialled = await world.dialled(async () => {
      expect(await world.channel.send(message())).toMatchObject({ outcome: 'wait', at: new Date(at) });
    });
    expect(dialled).toBe(0);
    world.weather({ twitter: { limitForSeconds: 0 } });
    world.aheadMs = 121_000;
    expect(await world.channel.send(message())).toMatchObject({ outcome: 'sent' });
  });

  it.each([
    [{ unauthorised: true }, 'channel.reconnect', 1],
    [{ outOfCredits: true }, 'channel.no_credit', 5],
  ])('%j: %s, it waits, X is hardly asked, and it leaves when that is over', async (twitter, reason, minutes) => {
    world.weather({ twitter });
    const reply = message();
    expect(await world.channel.send(reply)).toMatchObject({ outcome: 'wait', reason, transmitting: false });
    const dialled = await world.dialled(async () => {
      expect(await world.channel.send(message())).toMatchObject({ outcome: 'wait', reason });
    });
    expect(dialled).toBe(0);
    world.fair();
    world.aheadMs = minutes * 60_000 + 1000;
    expect(await world.channel.send(reply)).toMatchObject({ outcome: 'sent' });
    expect(await world.rows('select state, detail from twitter_account')).toEqual([{ state: 'ok', detail: null }]);
  });

  it('a line that never stood is tried again', async () => {
    const elsewhere = await world.product(world.databaseUrl, '127.0.0.1:1');
    expect(await elsewhere.get(TwitterChannel).send(message())).toMatchObject({
      outcome: 'retry',
      reason: 'channel.unreachable',
    });
  });

  it('an upload that failed has sent nothing', async () => {
    world.weather({ twitter: { errorNext: 1 } });
    expect(await world.channel.send(message({ attachments: [await picture()] }))).toMatchObject({ outcome: 'retry' });
    expect(await texts()).toEqual([]);
  });
});

describe('an unknown outcome', () => {
  it('that sent nothing is found out', async () => {
    const reply = message();
    world.weather({ twitter: { errorNext: 1 } });
    expect(await world.channel.send(reply)).toMatchObject({ outcome: 'unknown' });
    expect(await world.channel.settle(reply)).toMatchObject({ outcome: 'retry' });
    expect(await texts()).toEqual([]);
  });

  it.each(['errorAfterCommitNext', 'resetAfterCommitNext'] as const)(
    'that did send is found in the conversation (%s)',
    async (fault) => {
      const reply = message({ text: 'Mira https://nexo.test/a & dime' });
      world.weather({ twitter: { [fault]: 1 } });
      expect(await world.channel.send(reply)).toMatchObject({ outcome: 'unknown' });
      const [received] = await world.received();
      expect(await world.channel.settle(reply)).toEqual({
        outcome: 'sent',
        externalId: received?.id,
        threadRef: CONVERSATION,
      });
    },
  );

  it('does not take the same words of an earlier reply for its own', async () => {
    const earlier = await world.reply('Gracias');
    await world.deliver(earlier);
    const later = message({ text: 'Gracias' });
    world.weather({ twitter: { errorNext: 1 } });
    await world.channel.send(later);
    expect(await world.channel.settle(later)).toMatchObject({ outcome: 'retry' });
    await world.writeInX('Gracias');
    expect(await world.channel.settle(later)).toMatchObject({ outcome: 'sent' });
  });

  it('does not take other words of ours for it', async () => {
    const reply = message();
    await world.writeInX('Otra cosa');
    world.weather({ twitter: { errorNext: 1 } });
    await world.channel.send(reply);
    expect(await world.channel.settle(reply)).toMatchObject({ outcome: 'retry' });
  });

  it('stays unknown while X does not say', async () => {
    const reply = message();
    world.weather({ twitter: { errorAfterCommitNext: 1 } });
    await world.channel.send(reply);
    for (const twitter of [{ errorNext: 1 }, { limitForSeconds: 60 }]) {
      world.weather({ twitter });
      expect(await world.channel.settle(reply)).toMatchObject({ outcome: 'unknown' });
    }
    world.weather({ twitter: { unauthorised: true, limitForSeconds: 0 } });
    world.aheadMs = 61_000;
    expect(await world.channel.settle(reply)).toMatchObject({ outcome: 'wait', transmitting: true });
  });

  it('that never came to be sent is sent', async () => {
    expect(await world.channel.settle(message())).toMatchObject({ outcome: 'retry' });
  });
});
