import fc from 'fast-check';
import { ShareField, type FormField, type Partner, type PartnerTerms, type ShareRule } from '#contracts';
import { draftOver } from './draftOver.rules.js';
import { draftOf, NEW_FIELD, newPartner, type PartnerDraft } from './partner.rules.js';

const BODY = newPartner({
  ...{ name: 'Orbe', kind: 'manufacturer', language: 'en', timeZone: 'Europe/Berlin', email: 'service@orbe.example' },
});
const partner = ({
  terms,
  ...more
}: Partial<Omit<Partner, 'terms'>> & { terms?: Partial<PartnerTerms> } = {}): Partner => ({
  ...BODY,
  ...{ id: 'p', version: 1, hasSecret: true, open: 0, changedBy: null, changedAt: '2026-11-23T09:00:00.000Z' },
  ...more,
  terms: { ...BODY.terms, ...terms },
});
const rule = (field: ShareField, es = 'para eso'): ShareRule => ({ field, purpose: { es, en: 'for that' } });
const question = (key: string, es = key): FormField => ({ ...NEW_FIELD, key, title: { es, en: key } });
const over = (newer: Partner, base: Partner, typed: Partial<PartnerDraft>) =>
  draftOver(newer, { ...draftOf(base), ...typed }, base);

describe('what was typed, on top of a newer version', () => {
  it('is that and no more', () => {
    const newer = partner({ version: 2, name: 'Orbe Iberia', postalAddress: 'Calle Dos' });
    const { draft, clashes } = over(newer, partner(), { timeZone: 'Europe/Madrid' });
    expect(draft).toEqual({ ...draftOf(newer), timeZone: 'Europe/Madrid' });
    expect(clashes).toEqual([]);
  });

  it('shares nothing again that somebody stopped sharing meanwhile', () => {
    const base = partner({ terms: { share: [rule('device.model'), rule('customer.language')] } });
    const newer = partner({ terms: { share: [rule('device.model')] } });
    const share = [...base.terms.share, rule('customer.name')];
    const { draft, clashes } = over(newer, base, { share });
    expect(draft.share.map(({ field }) => field)).toEqual(['device.model', 'customer.name']);
    expect(clashes).toEqual([]);
  });

  it('names what both changed, where what was typed stays', () => {
    const base = partner({
      terms: { share: [rule('story'), rule('device.imei')], form: [question('a'), question('b')] },
    });
    const newer = partner({
      name: 'Orbe Iberia',
      terms: {
        ...{ share: [], form: [question('b'), question('a', 'la suya')] },
        targets: { high: { acknowledgeMinutes: 60, answerMinutes: 120, returnMinutes: 180 } },
      },
    });
    const { draft, clashes } = over(newer, base, {
      name: 'Orbe SA',
      share: [rule('story', 'para otra cosa'), rule('device.imei')],
      form: [question('a', 'la mía'), question('b')],
      targets: {
        ...draftOf(base).targets,
        high: { acknowledgeMinutes: '2 h', answerMinutes: '2 h', returnMinutes: '' },
      },
    });
    expect(clashes).toEqual([
      ...[{ part: 'name' }, { part: 'targets', of: 'high.acknowledgeMinutes' }],
      ...[
        { part: 'share', of: 'story' },
        { part: 'form', of: 'a' },
      ],
    ]);
    expect(draft.name).toBe('Orbe SA');
    expect(draft.share).toEqual([rule('story', 'para otra cosa')]);
    expect(draft.form).toEqual([question('b'), question('a', 'la mía')]);
    expect(draft.targets.high).toEqual({ acknowledgeMinutes: '2 h', answerMinutes: '2 h', returnMinutes: '3 h' });
  });

  it('is no clash when both say the same, in whichever order it is told', () => {
    const newer = partner({ terms: { share: [{ purpose: { en: 'for that', es: 'para eso' }, field: 'story' }] } });
    expect(over(newer, partner(), { share: [rule('story')] }).clashes).toEqual([]);
  });

  it('keeps new questions of both, which have no key yet', () => {
    const base = partner({ terms: { form: [question('a')] } });
    const newer = partner({ terms: { form: [question('theirs'), question('a')] } });
    const { draft } = over(newer, base, { form: [question('a'), question('', 'una'), question('', 'otra')] });
    expect(draft.form.map(({ key, title }) => key || title.es)).toEqual(['theirs', 'a', 'una', 'otra']);
  });
});

const listOf = <T>(keys: readonly string[], of: (key: string, es: string) => T) =>
  fc
    .uniqueArray(fc.record({ key: fc.constantFrom(...keys), es: fc.constantFrom('x', 'y') }), {
      selector: ({ key }) => key,
    })
    .map((list) => list.map(({ key, es }) => of(key, es)));
const minutes = fc.constantFrom(60, 120);
const times = fc.record({ acknowledgeMinutes: minutes, answerMinutes: minutes, returnMinutes: minutes });
const anyPartner = fc
  .record({
    name: fc.constantFrom('Orbe', 'Orbe SA', 'Orbe Iberia'),
    share: listOf(ShareField.options.slice(0, 4), (field, es) => rule(field as ShareField, es)),
    form: listOf(['a', 'b', 'c', 'd'], question),
    targets: fc.record({ high: times, low: times }, { requiredKeys: [] }),
    ladder: fc.array(fc.constant({ contact: { name: 'Hanna', email: null, phone: null }, afterMinutes: 0 }), {
      maxLength: 2,
    }),
  })
  .map(({ name, ...terms }) => partner({ name, terms }));

describe('of any three', () => {
  it('is theirs where nothing was typed, and as typed where they changed nothing', () => {
    fc.assert(
      fc.property(anyPartner, anyPartner, (base, other) => {
        expect(draftOver(other, draftOf(base), base)).toEqual({ draft: draftOf(other), clashes: [] });
        expect(draftOver(base, draftOf(other), base)).toEqual({ draft: draftOf(other), clashes: [] });
      }),
    );
  });

  it('has each thing that only one changed as that one has it', () => {
    const told = (share: ShareRule[], field: string) => share.find((each) => each.field === field);
    const asked = (form: FormField[], key: string) => form.find((each) => each.key === key);
    fc.assert(
      fc.property(anyPartner, anyPartner, anyPartner, (base, mine, theirs) => {
        const [before, here, there] = [draftOf(base), draftOf(mine), draftOf(theirs)];
        const { draft, clashes } = draftOver(theirs, here, base);
        const holds = <T>(found: T, [a, b, was]: [T, T, T], clash: object) => {
          const [same, isA] = [JSON.stringify(was), JSON.stringify(a) !== JSON.stringify(was)];
          expect(found).toEqual(isA ? a : b);
          const both = isA && JSON.stringify(b) !== same && JSON.stringify(a) !== JSON.stringify(b);
          expect(clashes.some((each) => JSON.stringify(each) === JSON.stringify(clash))).toBe(both);
        };
        for (const field of ShareField.options)
          holds(
            told(draft.share, field),
            [told(here.share, field), told(there.share, field), told(before.share, field)],
            {
              ...{ part: 'share', of: field },
            },
          );
        for (const key of ['a', 'b', 'c', 'd'])
          holds(asked(draft.form, key), [asked(here.form, key), asked(there.form, key), asked(before.form, key)], {
            ...{ part: 'form', of: key },
          });
        holds(draft.name, [here.name, there.name, before.name], { part: 'name' });
        holds(draft.ladder, [here.ladder, there.ladder, before.ladder], { part: 'ladder' });
        const cell = (from: PartnerDraft) => from.targets.high.answerMinutes;
        holds(cell(draft), [cell(here), cell(there), cell(before)], { part: 'targets', of: 'high.answerMinutes' });
      }),
    );
  });
});
