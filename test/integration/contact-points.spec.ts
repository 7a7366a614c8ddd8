import fc from 'fast-check';
import { ArrivalService, EntryMoveService, lockCase, ReplyService } from '#cases';
import { CaseDetail, type InboundInteraction } from '#contracts';
import { CallerView, CaseDetailView, CustomerView } from '#views';
import { arrive, mail, readerOf } from '../factories/rooms.js';
import { codeOf, openIdentity, type IdentityWorld } from './identity.world.js';

let world: IdentityWorld;
let serial = 0;
beforeAll(async () => {
  world = await openIdentity();
});
afterAll(() => world.rooms.close());

const call = (phone: string): InboundInteraction => ({
  channel: 'phone',
  externalId: `call-${(serial += 1)}`,
  contact: { kind: 'phone', value: phone, handle: null, display: phone },
  displayName: phone,
  text: 'Ha llamado',
  occurredAt: world.rooms.clock.now().toISOString(),
});
const reply = (caseId: string) =>
  world.inTx(async (tx) =>
    world.rooms
      .get(ReplyService)
      .reply(tx, world.agent, await lockCase(tx, world.agent, caseId), { channel: 'email', text: 'Hola' }),
  );
const customerOf = (id: string, by = world.agent) => world.rooms.get(CustomerView).one(readerOf(by), id);
const detailOf = async (caseId: string) =>
  CaseDetail.pick({ threads: true, contactPoints: true }).parse(
    JSON.parse(await world.rooms.get(CaseDetailView).find(world.rooms.database.manager, readerOf(world.agent), caseId)),
  );

describe('a recycled number', () => {
  it('goes to its new holder; what was said before stays with the old one, and nobody answers them by it', async () => {
    const { aWriter, end, rooms, one } = world;
    const old = await aWriter();
    const held = await reply(old.caseId);
    rooms.clock.advance(1000);
    await end(old.customerId, old.contactPointId);
    expect(await one('select state, reason from delivery where interaction_id = $1', held)).toEqual({
      state: 'failed',
      reason: 'contact.ended',
    });
    expect(await codeOf(reply(old.caseId))).toBe('thread.unreachable');
    expect((await detailOf(old.caseId)).threads).toMatchObject([{ open: false, reason: 'contact.ended' }]);
    rooms.clock.advance(1000);
    const next = await arrive(rooms, mail(old.address, { text: 'Soy otra persona' }));
    expect(next).toMatchObject({ outcome: 'opened', matchedBy: 'new_customer' });
    expect(next.customerId).not.toBe(old.customerId);
    expect(await arrive(rooms, mail(old.address))).toMatchObject({ caseId: next.caseId, outcome: 'attached' });
    await reply(next.caseId);
    expect(await one('select count(*)::int as n from interaction where case_id = $1', old.caseId)).toEqual({ n: 2 });
    const past = await customerOf(old.customerId);
    expect(past.contactPoints).toMatchObject([
      { until: expect.any(String) as string, ended: { reason: 'somebody_else', by: { id: world.agent.id } } },
    ]);
  });

  it('is nobody’s to give away by a move, once it ended', async () => {
    const { aWriter, end, rooms, one, agent, inTx } = world;
    const [old, other] = [await aWriter(), await aWriter()];
    await end(old.customerId, old.contactPointId);
    const entry = await one('select id from interaction where case_id = $1', old.caseId);
    const to = await one('select reference from cases where id = $1', other.caseId);
    const moved = inTx((tx) =>
      rooms.get(EntryMoveService).move(tx, agent, old.caseId, String(entry?.['id']), {
        toCaseReference: String(to?.['reference']),
        reason: 'Es suyo',
        withSender: true,
      }),
    );
    expect(await codeOf(moved)).toBe('contact.ended');
  });
});

/** A person we know, with an open case of theirs. */
async function somebody(name = 'Alguien') {
  const writer = await world.aWriter();
  await world.rows('update customer set provisional = false, display_name = $2 where id = $1', writer.customerId, name);
  return writer;
}
/** Two people of one telephone. */
async function family() {
  const [mother, father, phone] = [await somebody('Madre'), await somebody('Padre'), world.aNumber()];
  await world.inTx(async (tx) => {
    const identifier = { kind: 'phone' as const, value: phone, handle: null, display: phone };
    const actor = { kind: 'agent' as const, id: world.agent.id, name: world.agent.displayName };
    const given = { identifier, source: 'import' as const };
    await world.points.grant(tx, actor, { ...given, customerId: mother.customerId, shared: false });
    await world.points.grant(tx, actor, { ...given, customerId: father.customerId, shared: true });
  });
  return { mother, father, phone };
}

describe('an address of several people', () => {
  it('reaches each of them and is evidence for none: what comes by it is the household’s', async () => {
    const { rooms, rows } = world;
    const { mother, father, phone } = await family();
    const caller = await rooms.get(CallerView).find(readerOf(world.agent), phone);
    expect(caller).toMatchObject({ customer: null, openCase: null });
    expect(new Set(caller.sharedBy?.map(({ displayName }) => displayName))).toEqual(new Set(['Madre', 'Padre']));
    for (const { customerId } of [mother, father])
      expect((await customerOf(customerId)).contactPoints.find(({ kind }) => kind === 'phone')).toMatchObject({
        shared: true,
        until: null,
        verified: null,
      });
    const rung = await arrive(rooms, call(phone));
    expect(rung).toMatchObject({ outcome: 'opened', matchedBy: 'new_customer' });
    expect([mother.customerId, father.customerId]).not.toContain(rung.customerId);
    expect(await arrive(rooms, call(phone))).toMatchObject({ caseId: rung.caseId, outcome: 'attached' });
    const holders = await rows(
      'select customer_id from contact_point where value = $1 and valid_to is null and not shared',
      phone,
    );
    expect(holders).toEqual([{ customer_id: rung.customerId }]);
    const found = await rooms
      .get(CustomerView)
      .find(readerOf(world.agent), { email: null, phone, handle: null, reference: null, name: null }, 10);
    expect(new Set(found.map(({ id }) => id))).toEqual(
      new Set([mother.customerId, father.customerId, rung.customerId]),
    );
  });

  it('never makes its household somebody of the family, whoever states it at the counter', async () => {
    const { rooms, clerk, storeId, inTx, one } = world;
    const { mother, phone } = await family();
    const rung = await arrive(rooms, call(phone));
    const visit = (more: object) =>
      inTx((tx) => rooms.get(ArrivalService).visit(tx, clerk, { storeId, text: 'No enciende', ...more }));
    const daughter = await visit({ customer: { displayName: 'Hija', phone } });
    expect(daughter).toMatchObject({ matchedBy: 'new_customer' });
    expect(daughter.customerId).not.toBe(rung.customerId);
    const again = await visit({ customerId: mother.customerId, customer: { displayName: 'Madre', phone } });
    expect(again).toMatchObject({ customerId: mother.customerId, caseId: mother.caseId });
    expect(await one('select merged_into from customer where id = $1', rung.customerId)).toEqual({ merged_into: null });
    const daughters = await customerOf(daughter.customerId);
    expect(daughters.contactPoints).toMatchObject([{ kind: 'phone', shared: true }]);
  });

  it('a call that somebody of ours takes is hers whom they chose', async () => {
    const { rooms, agent, inTx, one } = world;
    const { father, phone } = await family();
    await arrive(rooms, call(phone));
    const taken = await inTx((tx) =>
      rooms.get(ArrivalService).call(tx, agent, {
        phone,
        direction: 'inbound',
        outcome: 'answered',
        text: 'Es él',
        customerId: father.customerId,
      }),
    );
    expect(taken).toMatchObject({ caseId: father.caseId, customerId: father.customerId });
    const by = await one(
      'select p.customer_id, p.shared from interaction i join contact_point p on p.id = i.contact_point_id where i.id = $1',
      taken.interactionId,
    );
    expect(by).toEqual({ customer_id: father.customerId, shared: true });
  });

  it('is not one person’s again while another has it, and its household is never given away', async () => {
    const { rooms, one, share, end, seen, aWriter } = world;
    const { mother, father, phone } = await family();
    await arrive(rooms, call(phone));
    const point = async (customerId: string) =>
      String(
        (await one(`select id from contact_point where customer_id = $1 and value = $2`, customerId, phone))?.['id'],
      );
    await seen(mother.caseId, '12345678Z');
    expect(await codeOf(share(mother.customerId, await point(mother.customerId), false))).toBe('contact.still_shared');
    await end(father.customerId, await point(father.customerId));
    await share(mother.customerId, await point(mother.customerId), false);
    expect(await arrive(rooms, call(phone))).toMatchObject({ caseId: mother.caseId });
    const email = await aWriter();
    expect(await codeOf(share(email.customerId, email.contactPointId))).toBe('done');
  });
});

describe('what is added', () => {
  it('to somebody nobody knows yet needs no proof; of another it is refused, and theirs again changes nothing', async () => {
    const { aWriter, add, aNumber, rows } = world;
    const [one, other, phone] = [await aWriter(), await aWriter(), aNumber()];
    const id = await add(one.customerId, { kind: 'phone', value: phone });
    expect(await add(one.customerId, { kind: 'phone', value: phone.replace('+34', '') })).toBe(id);
    expect(await codeOf(add(other.customerId, { kind: 'phone', value: phone }))).toBe('contact.taken');
    expect(await codeOf(add(one.customerId, { kind: 'imei', value: '490154203237519' }))).toBe(
      'contact.invalid_identifier',
    );
    await add(one.customerId, { kind: 'imei', value: '49-015420-323751-8' });
    const events = await rows(
      `select data from case_event where case_id = $1 and type = 'contact_point.added' order by seq`,
      one.caseId,
    );
    expect(events.map(({ data }) => (data as { display: string }).display)).toEqual([phone, '•••• 518']);
  });

  it('is shown masked where it is gated, in the customer and in what happened', async () => {
    const { aWriter, add } = world;
    const writer = await aWriter();
    await add(writer.customerId, { kind: 'document', value: '87654321X' });
    await add(writer.customerId, { kind: 'line', value: '612 000 999' });
    const shown = await customerOf(writer.customerId);
    expect(JSON.stringify(shown)).not.toMatch(/87654321|612000999/);
    expect(shown.contactPoints).toMatchObject([
      { kind: 'email', masked: false, value: writer.address },
      { kind: 'line', masked: true, value: null, display: '•••• 999' },
      { kind: 'document', masked: true, value: null, display: '•••• 21X' },
    ]);
    expect(JSON.stringify(await detailOf(writer.caseId))).not.toMatch(/87654321|612000999/);
  });

  it('is how somebody is found, by all of it and nothing less', async () => {
    const { aWriter, add, rooms } = world;
    const writer = await aWriter();
    const passport = await add(writer.customerId, { kind: 'document', value: 'PAB123987' });
    await add(writer.customerId, { kind: 'line', value: '612 000 998' });
    const found = (keys: object) =>
      rooms
        .get(CustomerView)
        .find(
          readerOf(world.agent),
          { email: null, phone: null, handle: null, reference: null, name: null, ...keys },
          10,
        );
    expect(passport).not.toBe('');
    for (const keys of [{ identifiers: ['PAB123987'] }, { phone: '+34612000998' }]) {
      const [hit, ...others] = await found(keys);
      expect([hit?.id, others]).toEqual([writer.customerId, []]);
      expect(JSON.stringify(hit)).not.toMatch(/PAB123987|612000998/);
    }
    expect(await found({ identifiers: ['PAB12398'] })).toEqual([]);
  });

  it('is not for staff of another store: for them the customer does not exist', async () => {
    const { aWriter, add, clerk } = world;
    const writer = await aWriter();
    expect(await codeOf(add(writer.customerId, { kind: 'phone', value: world.aNumber() }, clerk))).toBe(
      'customer.not_found',
    );
  });
});

type Deed = { deed: 'grant' | 'share' | 'end' | 'arrive' | 'unshare'; who: number };
const deeds = fc.array(
  fc.record<Deed>({
    deed: fc.constantFrom('grant', 'grant', 'share', 'end', 'arrive', 'arrive', 'unshare'),
    who: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 3, maxLength: 12 },
);
const REFUSALS = [
  'done',
  'contact.taken',
  'contact.shared',
  'contact.ended',
  'contact.still_shared',
  'contact.not_found',
];

it('whatever is granted, ended and shared in whatever order: one holder at most, and what comes in is theirs', async () => {
  const { inTx, points, rooms, rows, one, aNumber, end, share } = world;
  const people = [await somebody(), await somebody(), await somebody()];
  let document = 10_000_000;
  for (const { caseId } of people) {
    const number = String((document += 23)).padStart(8, '0');
    await world.seen(caseId, `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] ?? ''}`);
  }
  await fc.assert(
    fc.asyncProperty(deeds, async (sequence) => {
      const phone = aNumber();
      const holder = async () =>
        (
          await one('select customer_id from contact_point where value = $1 and valid_to is null and not shared', phone)
        )?.['customer_id'];
      for (const { deed, who } of sequence) {
        const customerId = people[who]?.customerId ?? '';
        const [own] = await rows(
          'select id from contact_point where customer_id = $1 and value = $2 and valid_to is null',
          customerId,
          phone,
        );
        const id = String(own?.['id'] ?? customerId);
        const before = await holder();
        if (deed === 'arrive') {
          const { customerId: to, matchedBy } = await arrive(rooms, call(phone));
          expect(to).toBe(before ?? (await holder()));
          expect(matchedBy).toBe(before ? 'contact_point' : 'new_customer');
          if (!before) expect(people.map((person) => person.customerId)).not.toContain(to);
        } else if (deed === 'end') expect(REFUSALS).toContain(await codeOf(end(customerId, id)));
        else if (deed === 'unshare') expect(REFUSALS).toContain(await codeOf(share(customerId, id, false)));
        else
          expect(REFUSALS).toContain(
            await codeOf(
              inTx((tx) =>
                points.grant(
                  tx,
                  { kind: 'system', id: null, name: 'Hilo' },
                  {
                    customerId,
                    identifier: { kind: 'phone', value: phone, handle: null, display: phone },
                    source: 'import',
                    shared: deed === 'share',
                  },
                ),
              ),
            ),
          );
        const active = await rows(
          `select customer_id, shared from contact_point where value = $1 and valid_to is null`,
          phone,
        );
        expect(active.filter(({ shared }) => !shared).length).toBeLessThanOrEqual(1);
        // Who shares it holds it no second time, and nobody of the family holds it alone.
        const members = active.filter(({ shared }) => shared).map(({ customer_id }) => customer_id);
        expect(new Set(members).size).toBe(members.length);
        expect(members).not.toContain(active.find(({ shared }) => !shared)?.['customer_id']);
        rooms.clock.advance(1000);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

it('all at once: what comes in, ends and is granted meanwhile leaves one holder at most, and loses nothing', async () => {
  const { inTx, points, rooms, rows, one, aNumber, end } = world;
  const people = [await somebody(), await somebody(), await somebody()];
  const phone = aNumber();
  const actor = { kind: 'system' as const, id: null, name: 'Hilo' };
  const identifier = { kind: 'phone' as const, value: phone, handle: null, display: phone };
  const grant = (customerId: string, shared: boolean) =>
    codeOf(inTx((tx) => points.grant(tx, actor, { customerId, identifier, source: 'import', shared })));
  const endIt = async (customerId: string) => {
    const row = await one(
      'select id from contact_point where customer_id = $1 and value = $2 and valid_to is null',
      customerId,
      phone,
    );
    return row ? codeOf(end(customerId, String(row['id']))) : 'done';
  };
  const deeds = Array.from({ length: 60 }, (_, n) => {
    const { customerId } = people[n % 3] ?? { customerId: '' };
    if (n % 2 === 0) return arrive(rooms, call(phone)).then(() => 'done');
    if (n % 3 === 0) return endIt(customerId);
    return grant(customerId, n % 5 === 0);
  });
  const became = await Promise.all(deeds);
  expect(became.filter((code) => !REFUSALS.includes(code))).toEqual([]);
  const active = await rows(
    'select customer_id, shared from contact_point where value = $1 and valid_to is null',
    phone,
  );
  expect(active.filter(({ shared }) => !shared).length).toBeLessThanOrEqual(1);
  const said = await one(
    'select count(*)::int as n from interaction i join contact_point p on p.id = i.contact_point_id where p.value = $1',
    phone,
  );
  expect(said).toEqual({ n: 30 });
});
