import { CaseProofs, codeText, MergeService, SYSTEM } from '#cases';
import { CaseProof, CODE_DOTS, GATED_ACTIONS, ONE_TIME_CODE, PROOF_MINUTES } from '#contracts';
import { DeliveryJob, type OutboundChannel, type OutgoingMessage } from '#channels';
import { Metrics, Secrets, Wake } from '#platform';
import { TimelineView } from '#views';
import { arrive, dm, mail, readerOf } from '../factories/rooms.js';
import { codeOf, openIdentity, type IdentityWorld } from './identity.world.js';

let world: IdentityWorld;
beforeAll(async () => {
  world = await openIdentity();
});
afterAll(() => world.rooms.close());

const MINUTE = 60_000;
const stateOf = async (caseId: string, by = world.agent) =>
  CaseProof.parse(await world.rooms.get(CaseProofs).of(world.rooms.database.manager, by, caseId));
let serial = 20_000_000;
const aDocument = () => {
  const number = (serial += 1);
  return `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] ?? ''}`;
};

describe('a document at the counter', () => {
  it('proves who somebody is on every channel of the case for a day, when it is the one on record', async () => {
    const { aWriter, seen, level, rooms } = world;
    const one = await aWriter();
    expect(await level(one.caseId)).toMatchObject({ level: 'none', method: null });
    const number = aDocument();
    expect(await seen(one.caseId, number)).toBe(true);
    expect(await level(one.caseId)).toMatchObject({
      level: 'strong',
      method: 'document_seen',
      by: { id: world.supervisor.id },
    });
    expect(await stateOf(one.caseId)).toMatchObject({
      level: 'strong',
      documentKnown: true,
      allowed: Object.keys(GATED_ACTIONS),
    });
    rooms.clock.advance(PROOF_MINUTES.document_seen * MINUTE);
    expect(await level(one.caseId)).toMatchObject({ level: 'none' });
    expect(await seen(one.caseId, number)).toBe(true);
  });

  it('of somebody else proves nothing: another one than on record is written down, another customer’s refused', async () => {
    const { aWriter, seen, level, rows } = world;
    const [one, other] = [await aWriter(), await aWriter()];
    const [hers, his] = [aDocument(), aDocument()];
    await seen(one.caseId, hers);
    await seen(other.caseId, his);
    expect(await codeOf(seen(one.caseId, his))).toBe('contact.taken');
    expect(await seen(other.caseId, aDocument())).toBe(false);
    const third = await aWriter();
    expect(await codeOf(seen(third.caseId, '12345678A'))).toBe('contact.invalid_identifier');
    expect(await codeOf(seen(third.caseId, hers))).toBe('contact.taken');
    expect(await level(third.caseId)).toMatchObject({ level: 'none' });
    expect(
      await rows(`select data from case_event where case_id = $1 and type = 'proof.refused'`, other.caseId),
    ).toHaveLength(1);
  });

  it('is not for whoever cannot have it in their hand', async () => {
    const { aWriter, seen, agent, clerk } = world;
    const one = await aWriter();
    expect(await codeOf(seen(one.caseId, aDocument(), agent))).toBe('permission.denied');
    expect(await codeOf(seen(one.caseId, aDocument(), clerk))).toBe('case.not_found');
  });
});

describe('a one-time code', () => {
  it('proves whoever has it, for an hour; nobody of ours can read it anywhere', async () => {
    const { aWriter, send, confirm, readCode, level, rooms, agent, rows } = world;
    const one = await aWriter();
    const id = await send(one.caseId, one.contactPointId);
    const code = await readCode(id);
    expect(await stateOf(one.caseId)).toMatchObject({
      level: 'none',
      code: { id, triesLeft: 5, address: one.address },
    });
    const page = await rooms.get(TimelineView).page(rooms.database.manager, readerOf(agent), one.caseId, { limit: 50 });
    expect(page).toContain(codeText('es', CODE_DOTS));
    const everything = await rows(
      `select i.*, d.*, o.code_hash::text as hash, o.sealed, (select json_agg(e.data) from case_event e where e.case_id = i.case_id) as events
       from interaction i left join delivery d on d.interaction_id = i.id left join one_time_code o on o.interaction_id = i.id where i.case_id = $1`,
      one.caseId,
    );
    expect(page + JSON.stringify(everything) + JSON.stringify(await stateOf(one.caseId))).not.toContain(code);
    expect(await confirm(one.caseId, `${code.slice(0, 3)} ${code.slice(3)}`)).toEqual({ state: 'confirmed' });
    expect(await level(one.caseId)).toMatchObject({ level: 'strong', method: 'one_time_code' });
    expect(await rows('select sealed, closed_how from one_time_code where id = $1', id)).toEqual([
      { sealed: null, closed_how: 'confirmed' },
    ]);
    expect(await confirm(one.caseId, code)).toEqual({ state: 'expired' });
    rooms.clock.advance(PROOF_MINUTES.one_time_code * MINUTE + 1);
    expect(await level(one.caseId)).toMatchObject({ level: 'none' });
  });

  it('leaves with the message and never stays with us: what the channel gets has it, the row has dots', async () => {
    const { aWriter, send, readCode, rooms, one: row } = world;
    const one = await aWriter();
    const id = await send(one.caseId, one.contactPointId);
    const code = await readCode(id);
    const sent: OutgoingMessage[] = [];
    const email: OutboundChannel = {
      channel: 'email',
      settles: false,
      send: (message) => {
        sent.push(message);
        return Promise.resolve({ outcome: 'sent', externalId: `<${message.interactionId}@out>` });
      },
      settle: () => Promise.resolve({ outcome: 'unknown', detail: '' }),
    };
    const job = new DeliveryJob(rooms.database, [email], rooms.clock, new Metrics(), new Wake(), rooms.get(Secrets));
    const entry = await row('select interaction_id as id from one_time_code where id = $1', id);
    const deliver = async () => {
      await world.rows('update delivery set attempts = attempts + 1 where interaction_id = $1', entry?.['id']);
      const due = await row('select attempts from delivery where interaction_id = $1', entry?.['id']);
      await job.run({ interactionId: String(entry?.['id']), attempt: Number(due?.['attempts']), correlationId: null });
    };
    await deliver();
    expect(sent.map(({ text }) => text)).toEqual([codeText('es', code)]);
    expect(await row('select text from interaction where id = $1', entry?.['id'])).toEqual({
      text: codeText('es', CODE_DOTS),
    });
    // One that could not leave in time does not leave at all.
    const late = await send(one.caseId, one.contactPointId);
    rooms.clock.advance(11 * MINUTE);
    const waiting = await row('select interaction_id as id from one_time_code where id = $1', late);
    await world.rows('update delivery set attempts = 1 where interaction_id = $1', waiting?.['id']);
    await job.run({ interactionId: String(waiting?.['id']), attempt: 1, correlationId: null });
    expect(sent).toHaveLength(1);
    expect(await row('select state, reason from delivery where interaction_id = $1', waiting?.['id'])).toEqual({
      state: 'failed',
      reason: 'code.expired',
    });
  });

  it('can be guessed five times, and not after ten minutes', async () => {
    const { aWriter, send, confirm, readCode, wrong, rooms, level } = world;
    const one = await aWriter();
    const code = await readCode(await send(one.caseId, one.contactPointId));
    for (let left = 4; left >= 0; left -= 1)
      expect(await confirm(one.caseId, wrong(code))).toEqual({ state: 'wrong', triesLeft: left });
    expect(await confirm(one.caseId, code)).toEqual({ state: 'expired' });
    const second = await readCode(await send(one.caseId, one.contactPointId));
    expect(await confirm(one.caseId, 'no lo encuentro')).toEqual({ state: 'wrong', triesLeft: 4 });
    rooms.clock.advance(10 * MINUTE);
    expect(await confirm(one.caseId, second)).toEqual({ state: 'expired' });
    expect(await level(one.caseId)).toMatchObject({ level: 'none' });
  });

  it('guessed by many at once counts every guess', async () => {
    const { aWriter, send, confirm, readCode, wrong, one: row } = world;
    const one = await aWriter();
    const id = await send(one.caseId, one.contactPointId);
    const code = await readCode(id);
    const became = await Promise.all(Array.from({ length: 12 }, () => confirm(one.caseId, wrong(code))));
    expect(became.filter(({ state }) => state === 'wrong')).toHaveLength(5);
    expect(await row('select tries, closed_how from one_time_code where id = $1', id)).toEqual({
      tries: 5,
      closed_how: 'tried',
    });
  });

  it('is sent three times to an address and five times on a case within the hour; the newest one counts', async () => {
    const { aWriter, send, confirm, readCode, rooms } = world;
    const one = await aWriter();
    const first = await readCode(await send(one.caseId, one.contactPointId));
    const ids = [await send(one.caseId, one.contactPointId), await send(one.caseId, one.contactPointId)];
    expect(await codeOf(send(one.caseId, one.contactPointId))).toBe('code.throttled');
    const last = await readCode(ids[1] ?? '');
    if (first !== last) expect(await confirm(one.caseId, first)).toMatchObject({ state: 'wrong' });
    expect(await confirm(one.caseId, last)).toEqual({ state: 'confirmed' });
    rooms.clock.advance(61 * MINUTE);
    expect(await codeOf(send(one.caseId, one.contactPointId))).toBe('done');
  });

  it('is sent six times to a customer within the hour, whatever the address and the case', async () => {
    const { aWriter, send, rows, rooms } = world;
    const [one, other] = [await aWriter(), await aWriter()];
    for (const each of [one, one, one, other, other, other]) await send(each.caseId, each.contactPointId);
    const third = await aWriter();
    // They turn out to be one person.
    await rows('update contact_point set customer_id = $1 where id = any($2)', third.customerId, [
      ...[one.contactPointId, other.contactPointId],
    ]);
    expect(await codeOf(send(third.caseId, third.contactPointId))).toBe('code.throttled');
    rooms.clock.advance(61 * MINUTE);
    expect(await codeOf(send(third.caseId, third.contactPointId))).toBe('done');
  });

  it('is sent so often by the whole house within the hour, and no more', async () => {
    const { aWriter, send, rows, rooms } = world;
    const [one, other] = [await aWriter(), await aWriter()];
    await send(one.caseId, one.contactPointId);
    await rows(
      `with sent as (select o.*, i from one_time_code o join interaction i on i.id = o.interaction_id where o.contact_point_id = $1),
         messages as (
           insert into interaction select (jsonb_populate_record(s.i, jsonb_build_object('id', gen_random_uuid(), 'external_id', 'code ' || n, 'message_id', null))).*
           from sent s, generate_series(1, $2) n returning id)
       insert into one_time_code (id, case_id, contact_point_id, interaction_id, code_hash, sent_by, created_at, expires_at, closed_at, closed_how)
       select m.id, s.case_id, s.contact_point_id, m.id, s.code_hash, s.sent_by, s.created_at, s.expires_at, s.created_at, 'replaced' from sent s, messages m`,
      ...[one.contactPointId, ONE_TIME_CODE.perWorkspace],
    );
    expect(await codeOf(send(other.caseId, other.contactPointId))).toBe('code.throttled');
    rooms.clock.advance(61 * MINUTE);
    expect(await codeOf(send(other.caseId, other.contactPointId))).toBe('done');
  });

  it('speaks the language of the customer', async () => {
    const { aWriter, send, rows, one: row } = world;
    const one = await aWriter();
    await rows(`update customer set language = 'en' where id = $1`, one.customerId);
    const id = await send(one.caseId, one.contactPointId);
    const sent = await row(
      'select i.text from interaction i join one_time_code o on o.interaction_id = i.id where o.id = $1',
      id,
    );
    expect(sent?.['text']).toContain('Your one-time code is ••••••.');
  });

  it('goes to no address that is not theirs, is shared, has ended or cannot be written to', async () => {
    const { aWriter, send, add, aNumber, end, share } = world;
    const [one, other] = [await aWriter(), await aWriter()];
    expect(await codeOf(send(one.caseId, other.contactPointId))).toBe('code.unreachable');
    const phone = await add(one.customerId, { kind: 'phone', value: aNumber() });
    expect(await codeOf(send(one.caseId, phone))).toBe('code.unreachable');
    await share(one.customerId, one.contactPointId);
    expect(await codeOf(send(one.caseId, one.contactPointId))).toBe('code.unreachable');
    await end(other.customerId, other.contactPointId);
    expect(await codeOf(send(other.caseId, other.contactPointId))).toBe('code.unreachable');
  });

  it('dies with the address it went to', async () => {
    const { aWriter, send, confirm, readCode, end, level } = world;
    const [one, other] = [await aWriter(), await aWriter()];
    const code = await readCode(await send(one.caseId, one.contactPointId));
    await end(one.customerId, one.contactPointId);
    expect(await confirm(one.caseId, code)).toEqual({ state: 'expired' });
    const second = await readCode(await send(other.caseId, other.contactPointId));
    await confirm(other.caseId, second);
    await end(other.customerId, other.contactPointId);
    expect(await level(other.caseId)).toMatchObject({ level: 'none' });
  });

  it('is not found by many who guess a little each', async () => {
    const { aWriter, send, readCode, rooms, inTx, codes, rows, wrong } = world;
    const one = await aWriter();
    const types = async (code: string, from: string) => {
      const { interactionId } = await arrive(rooms, dm(from, { text: code }));
      return inTx((tx) => codes.match(tx, interactionId));
    };
    await rows(
      `insert into door_attempt values ('code:guessed', $1, $2) on conflict (key) do update set attempts = $1, window_started_at = $2`,
      ...[ONE_TIME_CODE.wrongFromAll - 1, rooms.clock.now()],
    );
    const code = await readCode(await send(one.caseId, one.contactPointId));
    expect(await types(code, '910001')).toMatchObject({ caseId: one.caseId });
    expect(await types(wrong(code), '910002')).toBeNull();
    expect(await types(code, '910003')).toBeNull();
    rooms.clock.advance(61 * MINUTE);
    const later = await readCode(await send(one.caseId, one.contactPointId));
    expect(await types(later, '910004')).toMatchObject({ caseId: one.caseId });
  });

  it('typed by the customer somewhere else says whose it is, proves it, and that address is theirs too', async () => {
    const { aWriter, send, readCode, rooms, inTx, codes, level, one: row } = world;
    const one = await aWriter();
    const id = await send(one.caseId, one.contactPointId);
    const code = await readCode(id);
    const typed = await arrive(rooms, dm('900001', { text: `${code.slice(0, 3)}-${code.slice(3)}` }));
    const matched = await inTx((tx) => codes.match(tx, typed.interactionId));
    expect(matched).toMatchObject({ codeId: id, caseId: one.caseId, customerId: one.customerId, level: 'strong' });
    await inTx((tx) =>
      rooms.get(MergeService).customers(tx, SYSTEM, { into: one.customerId, from: typed.customerId, reason: 'código' }),
    );
    expect(await inTx((tx) => codes.accept(tx, id, typed.interactionId))).toBe(true);
    expect(await inTx((tx) => codes.accept(tx, id, typed.interactionId))).toBe(false);
    expect(await level(one.caseId)).toMatchObject({ level: 'strong', method: 'one_time_code', by: null });
    expect(await row(`select verified_how from contact_point where kind = 'twitter' and value = '900001'`)).toEqual({
      verified_how: 'one_time_code',
    });
  });

  it('is not heard from somebody who guesses, nor in a sentence', async () => {
    const { aWriter, send, readCode, rooms, inTx, codes, wrong } = world;
    const one = await aWriter();
    const code = await readCode(await send(one.caseId, one.contactPointId));
    const say = async (userId: string, text: string) => {
      const { interactionId } = await arrive(rooms, dm(userId, { text, occurredAt: rooms.clock.now().toISOString() }));
      return inTx((tx) => codes.match(tx, interactionId));
    };
    expect(await say('900010', `el código es ${code}`)).toBeNull();
    for (let n = 0; n < 5; n += 1) expect(await say('900011', wrong(code))).toBeNull();
    expect(await say('900011', code)).toBeNull();
    expect(await say('900012', code)).not.toBeNull();
  });

  it('quoted back to us is not kept', async () => {
    const { rooms, one: row } = world;
    const quoted = codeText('es', '493021');
    const { interactionId } = await arrive(
      rooms,
      mail(world.anAddress(), {
        text: `No lo entiendo\n> ${quoted}`,
        quoted,
        html: `<p>${quoted}</p>`,
        htmlSafe: `<p>${quoted}</p>`,
      }),
    );
    expect(JSON.stringify(await row('select * from interaction where id = $1', interactionId))).not.toContain('493021');
  });
});
