import type { DomainError } from '#platform';
import { arrive, dm, mail } from '../factories/rooms.js';
import { IMEIS, openMatching, type Matching } from './matching.world.js';
import { picture } from './merge.world.js';

let world: Matching;
beforeAll(async () => {
  world = await openMatching();
});
afterAll(() => world.rooms.close());

const code = (expected: string) => expect.objectContaining({ code: expected }) as DomainError;

describe('strong evidence in what a newcomer writes', () => {
  it('an IMEI and the name: they are who we know, and the entry says so', async () => {
    const known = await world.aKnown();
    await world.knownBy(known.customerId, 'imei', IMEIS[0]);
    const arrival = await world.stranger(`Soy ${known.displayName}, mi móvil es ${IMEIS[0]} y no enciende`);
    expect(await world.nowIs(arrival.customerId)).toBe(known.customerId);
    expect(await world.entryCase(arrival.interactionId)).toBe(known.caseId);
    const entry = await world.one('select matched_by from interaction where id = $1', arrival.interactionId);
    expect(entry['matched_by']).toBe('evidence');
    const [suggestion] = await world.between(arrival.customerId, known.customerId);
    expect(suggestion).toMatchObject({ state: 'confirmed', decided_by: null });
    const merge = await world.one('select * from merge where id = $1', suggestion?.['merge_id']);
    expect(merge).toMatchObject({ actor_kind: 'system', reason: 'evidence', suggestion_id: suggestion?.['id'] });
    expect(await world.eventsOf(known.caseId)).toEqual(expect.arrayContaining(['customer.merged', 'match.attached']));
  });

  it('a case code and a second fact, also in two messages', async () => {
    const known = await world.aKnown();
    const phone = world.aPhone();
    await world.knownBy(known.customerId, 'phone', phone);
    const user = world.aUser();
    const first = await arrive(world.rooms, dm(user, { text: `Es por el caso ${known.reference}` }));
    await world.look(first.caseId);
    expect(await world.between(first.customerId, known.customerId)).toMatchObject([{ state: 'open' }]);
    await arrive(world.rooms, dm(user, { text: `Mi número es ${phone}`, occurredAt: world.later() }));
    await world.look(first.caseId);
    expect(await world.nowIs(first.customerId)).toBe(known.customerId);
    expect(await world.between(first.customerId, known.customerId)).toMatchObject([{ state: 'confirmed' }]);
  });

  it('a one-time code typed from another address proves them and is used up', async () => {
    const address = world.anAddress();
    const known = await world.writes(address);
    const point = await world.one('select id from contact_point where value = $1', address);
    const typed = await world.codeFor(known.caseId, String(point['id']));
    const arrival = await world.stranger(typed);
    expect(await world.nowIs(arrival.customerId)).toBe(known.customerId);
    const entry = await world.one('select matched_by from interaction where id = $1', arrival.interactionId);
    expect(entry['matched_by']).toBe('one_time_code');
    expect(await world.query(`select closed_how from one_time_code where case_id = $1`, known.caseId)).toEqual([
      { closed_how: 'typed' },
    ]);
    expect(await world.query(`select method from proof where customer_id = $1`, known.customerId)).toEqual([
      { method: 'one_time_code' },
    ]);
  });

  it('a code typed from an address that is theirs already proves them, and merges nobody', async () => {
    const [address, user] = [world.anAddress(), world.aUser()];
    const known = await world.writes(address);
    const onX = await world.sends(user);
    await world.merge(known.customerId, onX.customerId);
    const point = await world.one('select id from contact_point where value = $1', address);
    const typed = await world.codeFor(known.caseId, String(point['id']));
    await world.sends(user, typed);
    await Promise.all([world.look(known.caseId), world.look(known.caseId)]);
    expect(await world.query('select closed_how from one_time_code where case_id = $1', known.caseId)).toEqual([
      { closed_how: 'typed' },
    ]);
    expect(await world.query('select method from proof where customer_id = $1', known.customerId)).toHaveLength(1);
    expect(await world.query('select id from merge where kept_customer = $1', known.customerId)).toHaveLength(1);
  });

  it('a signed link', async () => {
    const known = await world.aKnown();
    const arrival = await world.stranger(`Me disteis esto: ${await world.linkTo(known.caseId)}`);
    expect(await world.nowIs(arrival.customerId)).toBe(known.customerId);
    const entry = await world.one('select matched_by from interaction where id = $1', arrival.interactionId);
    expect(entry['matched_by']).toBe('signed_link');
  });

  it('in public, where anybody can repeat it, is a question only', async () => {
    const known = await world.aKnown();
    await world.knownBy(known.customerId, 'imei', IMEIS[1]);
    const arrival = await world.stranger(`Soy ${known.displayName}, IMEI ${IMEIS[1]}`, {
      publicUrl: 'https://x.com/somebody/status/1',
      opensThread: false,
    });
    expect(await world.nowIs(arrival.customerId)).toBe(arrival.customerId);
    expect(await world.between(arrival.customerId, known.customerId)).toMatchObject([{ state: 'open' }]);
  });

  it('for two people at once is a question about each', async () => {
    const [one, other] = [await world.aKnown(), await world.aKnown()];
    const arrival = await world.stranger(
      `Casos ${one.reference} y ${other.reference}: ${(await phoneOf(one.customerId)).join()} y ${(await phoneOf(other.customerId)).join()}`,
    );
    expect(await world.nowIs(arrival.customerId)).toBe(arrival.customerId);
    for (const { customerId } of [one, other])
      expect(await world.between(arrival.customerId, customerId)).toMatchObject([{ state: 'open' }]);
  });
});

const phoneOf = async (customerId: string): Promise<string[]> =>
  (await world.query(`select value from contact_point where customer_id = $1 and kind = 'phone'`, customerId)).map(
    ({ value }) => String(value),
  );

describe('weak evidence', () => {
  it.each([
    ['a case code alone', async () => ({ text: (known: Known) => `Sobre ${known.reference}` })],
    [
      'an IMEI alone',
      async (known: Known) => (await world.knownBy(known.customerId, 'imei', IMEIS[2]), { text: () => IMEIS[2] }),
    ],
    [
      'a telephone number in the text',
      async (known: Known) => {
        const [phone] = await phoneOf(known.customerId);
        return { text: () => `Llamadme al ${phone}` };
      },
    ],
    ['name and city', async () => ({ text: () => 'Os escribo desde Madrid', named: true })],
  ] satisfies [string, (known: Known) => Promise<{ text: (known: Known) => string | undefined; named?: boolean }>][])(
    '%s asks, and moves nothing',
    async (_, prepare) => {
      const known = await world.aKnown();
      const { text, named } = { named: false, ...(await prepare(known)) };
      const arrival = await world.stranger(text(known) ?? '', named ? { displayName: known.displayName } : {});
      expect(await world.nowIs(arrival.customerId)).toBe(arrival.customerId);
      expect(await world.entryCase(arrival.interactionId)).toBe(arrival.caseId);
      expect(await world.between(arrival.customerId, known.customerId)).toMatchObject([{ state: 'open' }]);
      const { items } = await world.told(arrival.caseId);
      expect(items).toHaveLength(1);
      expect(items[0]).toMatchObject({ into: known.customerId, known: { displayName: known.displayName } });
      expect((await world.told(known.caseId)).items).toEqual(items);
      for (const caseId of [arrival.caseId, known.caseId])
        expect(await world.eventsOf(caseId)).toContain('match.suggested');
    },
  );

  it('a handle that reads like a mail address asks, also when the mail comes second', async () => {
    const local = `matchfer${world.number()}gil`;
    const known = await world.writes(`${local.slice(0, 8)}.${local.slice(8)}77@correo.test`);
    const arrival = await world.stranger('Hola', {
      contact: { kind: 'twitter', value: world.aUser(), handle: local.replace('gil', '_gil'), display: `@${local}` },
    });
    expect(await world.between(arrival.customerId, known.customerId)).toMatchObject([{ state: 'open' }]);
    const { items } = await world.told(arrival.caseId);
    expect(items[0]?.comparisons[0]).toMatchObject({ attribute: 'alike', verdict: 'alike' });
  });

  it('an address of a household asks about each of its people, and stays shared when one of them wrote', async () => {
    const [one, other] = [await world.aKnown(), await world.aKnown()];
    const address = world.anAddress();
    await world.knownBy(one.customerId, 'email', address, true);
    await world.knownBy(other.customerId, 'email', address, true);
    const arrival = await world.strangerByMail(
      address,
      `Caso ${one.reference}, teléfono ${(await phoneOf(one.customerId)).join()}`,
    );
    expect(await world.nowIs(arrival.customerId)).toBe(arrival.customerId);
    const [first] = await world.between(arrival.customerId, one.customerId);
    expect(await world.between(arrival.customerId, other.customerId)).toMatchObject([{ state: 'open' }]);
    await world.confirm(first?.['id']);
    expect(await world.nowIs(arrival.customerId)).toBe(one.customerId);
    const next = await arrive(world.rooms, mail(address, { occurredAt: world.later() }));
    expect([one.customerId, other.customerId]).not.toContain(next.customerId);
  });

  it('a number that was given to somebody else is evidence of its new holder only', async () => {
    const [before, now] = [await world.aKnown(), await world.aKnown()];
    const phone = world.aPhone();
    const id = await world.knownBy(before.customerId, 'phone', phone);
    await world.query(
      `update contact_point set valid_to = $2, end_reason = 'somebody_else' where id = $1`,
      id,
      world.now(),
    );
    await world.knownBy(now.customerId, 'phone', phone);
    const arrival = await world.stranger(`Mi número es ${phone}, caso ${before.reference}`);
    // The case of who had it and a number that is no longer theirs: no fact of theirs.
    expect(await world.nowIs(arrival.customerId)).toBe(arrival.customerId);
    const { items } = await world.told(arrival.caseId);
    const rules = new Map(items.map((item) => [item.known.id, item.rules]));
    expect(rules).toEqual(
      new Map([
        [now.customerId, ['identifier']],
        [before.customerId, ['case_code']],
      ]),
    );
  });
});

type Known = Awaited<ReturnType<Matching['aKnown']>>;

describe('"not the same"', () => {
  it('is remembered: the same evidence asks no more, in either direction; new strong evidence asks', async () => {
    const known = await world.aKnown();
    await world.knownBy(known.customerId, 'imei', IMEIS[3]);
    const user = world.aUser();
    const arrival = await arrive(
      world.rooms,
      dm(user, { text: `Caso ${known.reference}`, displayName: known.displayName }),
    );
    await world.look(arrival.caseId);
    const [suggestion] = await world.between(arrival.customerId, known.customerId);
    await world.dismiss(suggestion?.['id']);
    await world.dismiss(suggestion?.['id']);
    await arrive(world.rooms, dm(user, { text: `¿Y ${known.reference}? Estoy en Madrid`, occurredAt: world.later() }));
    await world.look(arrival.caseId);
    expect(await world.settle(known.customerId, arrival.customerId)).toBe('nothing');
    expect(await world.between(arrival.customerId, known.customerId)).toMatchObject([
      { state: 'dismissed', decided_by: world.agent.id, reason: 'Es su hermana' },
    ]);
    await arrive(world.rooms, dm(user, { text: `Mi IMEI es ${IMEIS[3]}`, occurredAt: world.later() }));
    await world.look(arrival.caseId);
    expect(await world.nowIs(arrival.customerId)).toBe(arrival.customerId);
    expect(await world.between(arrival.customerId, known.customerId)).toMatchObject([{ state: 'open' }]);
  });

  it('survives merges of either side', async () => {
    const [known, wider] = [await world.aKnown(), await world.aKnown()];
    const user = world.aUser();
    const arrival = await arrive(world.rooms, dm(user, { text: `Caso ${known.reference}` }));
    await world.look(arrival.caseId);
    const [suggestion] = await world.between(arrival.customerId, known.customerId);
    await world.dismiss(suggestion?.['id']);
    await world.merge(wider.customerId, known.customerId);
    await arrive(world.rooms, dm(user, { text: `Es el ${known.reference}`, occurredAt: world.later() }));
    await world.look(arrival.caseId);
    expect((await world.told(arrival.caseId)).items).toMatchObject([
      { state: 'dismissed', known: { id: wider.customerId } },
    ]);
    expect(await world.between(arrival.customerId, wider.customerId)).toEqual([]);
  });

  it('was a slip: it is asked again', async () => {
    const known = await world.aKnown();
    const arrival = await world.stranger(`Caso ${known.reference}`);
    const [suggestion] = await world.between(arrival.customerId, known.customerId);
    await world.dismiss(suggestion?.['id']);
    await world.reopen(suggestion?.['id']);
    expect(await world.between(arrival.customerId, known.customerId)).toMatchObject([
      { state: 'open', decided_by: null },
    ]);
    expect(await world.eventsOf(arrival.caseId)).toEqual(expect.arrayContaining(['match.dismissed', 'match.reopened']));
  });
});

describe('an automatic merge that is taken back', () => {
  it('leaves everything as it was and is not made again', async () => {
    const known = await world.aKnown();
    const [phone] = await phoneOf(known.customerId);
    const user = world.aUser();
    const arrival = await arrive(world.rooms, dm(user, { text: `Caso ${known.reference}, ${phone}` }));
    const people = [known.customerId, arrival.customerId];
    const before = await picture(world, people);
    await world.look(arrival.caseId);
    expect(await world.nowIs(arrival.customerId)).toBe(known.customerId);
    const merge = await world.one('select id from merge where taken_customer = $1', arrival.customerId);
    await world.undo(String(merge['id']));
    expect(await picture(world, people)).toEqual(before);
    await arrive(world.rooms, dm(user, { text: `Otra vez: ${known.reference}, ${phone}`, occurredAt: world.later() }));
    await world.look(arrival.caseId);
    expect(await world.nowIs(arrival.customerId)).toBe(arrival.customerId);
    expect(await world.between(arrival.customerId, known.customerId)).toMatchObject([{ state: 'dismissed' }]);
  });

  it('a merge by hand that was taken back says that they are two as well', async () => {
    const known = await world.aKnown();
    const arrival = await world.stranger('Hola');
    await world.undo(await world.merge(known.customerId, arrival.customerId));
    await arrive(world.rooms, mail(world.anAddress()));
    expect(await world.between(arrival.customerId, known.customerId)).toMatchObject([{ state: 'dismissed' }]);
    expect((await world.told(arrival.caseId)).items).toEqual([]);
  });
});

describe('who may decide', () => {
  it('not store staff; and they are not told of whom they see no case', async () => {
    const known = await world.aKnown();
    const arrival = await world.stranger(`Caso ${known.reference}`);
    const [suggestion] = await world.between(arrival.customerId, known.customerId);
    await expect(world.confirm(suggestion?.['id'], world.clerk)).rejects.toEqual(code('permission.denied'));
    await expect(world.dismiss(suggestion?.['id'], world.clerk)).rejects.toEqual(code('permission.denied'));
    // The known one was at their store, the newcomer was not.
    expect((await world.told(known.caseId, world.clerk)).items).toEqual([]);
    expect((await world.told(known.caseId)).items).toHaveLength(1);
  });

  it('once: what is decided is decided', async () => {
    const known = await world.aKnown();
    const arrival = await world.stranger(`Caso ${known.reference}`);
    const [suggestion] = await world.between(arrival.customerId, known.customerId);
    await world.confirm(suggestion?.['id']);
    expect(await world.nowIs(arrival.customerId)).toBe(known.customerId);
    await expect(world.dismiss(suggestion?.['id'])).rejects.toEqual(code('suggestion.decided'));
    await expect(world.reopen(suggestion?.['id'])).rejects.toEqual(code('suggestion.decided'));
  });
});
