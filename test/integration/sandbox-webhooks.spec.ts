import { createHmac } from 'node:crypto';
import { type Receiver, startReceiver } from './sandbox.receiver.js';
import { CARE, KEYS, LUCIA, PICTURE, type World, sent, startWorld } from './sandbox.world.js';

let receiver: Receiver;
let world: World;
let x: World['x'];
let control: World['control'];
let write: World['write'];

beforeEach(async () => {
  receiver = await startReceiver(KEYS.appSecret);
  world = await startWorld({ webhookUrl: receiver.url, retryDelaysMs: [10, 20, 30] });
  ({ x, control, write } = world);
});
afterEach(async () => {
  await world.end();
  await receiver.stop();
});

describe('webhooks', () => {
  it('come signed over the raw body once the address has proved itself', async () => {
    await receiver.validated(world.sandbox);
    const { id } = await write('se me ha muerto el móvil');
    const [delivery] = await receiver.bodies(1);
    const right = createHmac('sha256', KEYS.appSecret)
      .update(delivery?.raw ?? '')
      .digest('base64');
    expect(delivery?.signature).toBe(`sha256=${right}`);
    const body = JSON.parse(delivery?.raw ?? '') as Record<string, never>;
    expect(body).toMatchObject({
      for_user_id: CARE,
      direct_message_events: [
        {
          type: 'message_create',
          id,
          created_timestamp: String(world.clock.now),
          message_create: {
            target: { recipient_id: CARE },
            sender_id: LUCIA,
            message_data: { text: 'se me ha muerto el móvil' },
          },
        },
      ],
      users: { [LUCIA]: { screen_name: 'lucia_ferrer' }, [CARE]: { screen_name: 'nexo_ayuda' } },
    });
  });

  it('echo what we send, and carry 64-bit media ids as bare numbers', async () => {
    await receiver.validated(world.sandbox);
    const { dm_event_id } = await sent(x.v2.sendDmToParticipant(LUCIA, { text: 'hola' }));
    await write('', PICTURE);
    const [echo, picture] = await receiver.bodies(2);
    expect(JSON.parse(echo?.raw ?? '')).toMatchObject({
      direct_message_events: [{ id: dm_event_id, message_create: { sender_id: CARE, source_app_id: '27310551' } }],
    });
    const [, bare, text] = /"media":\{"id":(\d+),"id_str":"(\d+)"/.exec(picture?.raw ?? '') ?? [];
    expect(bare).toBe(text);
    expect(bare).toMatch(/^\d{19}$/);
  });

  it('speak the X Activity envelope when told to', async () => {
    await receiver.validated(world.sandbox);
    await control('POST', '/knobs', { webhooks: { envelope: 'xaa' } });
    const { id } = await write('hola');
    const [delivery] = await receiver.bodies(1);
    expect(JSON.parse(delivery?.raw ?? '')).toMatchObject({
      data: {
        event_uuid: expect.stringMatching(/^-?\d+$/),
        event_type: 'dm.received',
        filter: { user_id: CARE },
        payload: { direct_message_events: [{ id }], users: { [LUCIA]: { data: { username: 'lucia_ferrer' } } } },
      },
    });
  });

  it('come several times, in another order, or not at all, as told', async () => {
    await receiver.validated(world.sandbox);
    await control('POST', '/knobs', { webhooks: { copies: 3 } });
    const { id } = await write('tres veces');
    expect((await receiver.bodies(3)).map((one) => one.dmId)).toEqual([id, id, id]);
    await control('POST', '/knobs', { webhooks: { copies: 1, reorder: true } });
    const [first, second] = [await write('uno'), await write('dos')];
    expect((await receiver.bodies(5)).slice(3).map((one) => one.dmId)).toEqual([second.id, first.id]);
    await control('POST', '/knobs', { webhooks: { reorder: false, enabled: false } });
    const lost = await write('callado');
    const { deliveries } = await control<{ deliveries: { dmId: string; outcome: string }[] }>('GET', '/webhooks');
    expect(deliveries.at(-1)).toMatchObject({ dmId: lost.id, outcome: 'switched_off' });
    const [newest] = (await x.v2.listDmEvents({ max_results: 1 })).events;
    expect(newest?.id).toBe(lost.id);
    const { statuses } = await control<{ statuses: number[] }>('POST', '/webhooks/redeliver', { dmId: id, copies: 50 });
    expect(statuses).toEqual(Array.from({ length: 50 }, () => 200));
    expect(new Set((await receiver.bodies(55)).slice(5).map((one) => one.raw)).size).toBe(1);
  });

  it('are tried again after an answer other than 200, and held back while the address is not valid', async () => {
    await receiver.validated(world.sandbox);
    receiver.answerWith(500, 500);
    const { id } = await write('a la tercera');
    expect((await receiver.bodies(3)).map((one) => one.dmId)).toEqual([id, id, id]);
    receiver.forgetSecret();
    const registration = await control<{ valid: boolean; reason: string }>('POST', '/webhooks/validate');
    expect(registration.valid).toBe(false);
    expect(registration.reason).toMatch(/^CrcValidationFailed/);
    const held = await write('nadie lo sabe');
    const { deliveries } = await control<{ deliveries: { dmId: string; outcome: string }[] }>('GET', '/webhooks');
    expect(deliveries.at(-1)).toMatchObject({ dmId: held.id, outcome: 'webhook_invalid' });
  });
});
