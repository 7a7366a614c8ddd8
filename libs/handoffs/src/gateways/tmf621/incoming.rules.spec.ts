import fc from 'fast-check';
import { PartnerMessage } from '#contracts';
import { fold, type Standing } from '../../handoff/fold.rules.js';
import { newsIn, type Known, type Reading, type Seen } from './incoming.rules.js';
import { jsonFile } from './ticket.rules.js';
import { TheirTicket } from './ticket.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 10, minute)).toISOString();
const KNOWN: Known = {
  ...{ seen: {}, caused: new Set(), moved: new Set(), ids: new Set(), notes: new Set(), taken: new Set(), now: at(59) },
};
const ticket = (more: object = {}) => TheirTicket.parse({ id: 'SR-1', lastUpdate: at(10), statusChange: [], ...more });
const change = (status: string, minute: number, changeReason?: string) => ({
  status,
  changeDate: at(minute),
  changeReason,
});
const read = (more: object, known: Partial<Known> = {}): Reading => newsIn(ticket(more), { ...KNOWN, ...known });
const words = (more: object, known: Partial<Known> = {}) => read(more, known).heard.map(({ word }) => word);

const LINE = { description: 'Board', kind: 'part', quantity: 1, listCents: 40_000, priceCents: 20_000 };
const QUOTE = { currency: 'EUR', lines: [LINE] };

describe('what a ticket says', () => {
  it.each<[string, object, object[]]>([
    ['nothing yet, whatever it reads', { status: 'acknowledged' }, []],
    ['somebody has it', { statusChange: [change('acknowledged', 1)] }, [{ kind: 'acknowledged', text: null }]],
    [
      'the first time in progress they take it, later they work on it',
      { statusChange: [change('inProgress', 1, 'accepted'), change('held', 2, 'no parts'), change('inProgress', 3)] },
      [
        { kind: 'accepted', partnerRef: 'SR-1', engineer: null, etaAt: null, text: null },
        { kind: 'in_progress', text: 'no parts' },
        { kind: 'in_progress', text: null },
      ],
    ],
    [
      'with whom, by what number and until when',
      {
        ...{ statusChange: [change('inProgress', 1)], expectedResolutionDate: at(50) },
        relatedParty: [{ role: 'Service engineer', name: 'Ana Ruiz', email: 'no address', phone: '600' }],
        relatedEntity: [{ role: 'rma', id: 'RMA-7' }],
      },
      [
        {
          ...{ kind: 'accepted', partnerRef: 'RMA-7', etaAt: at(50), text: null },
          engineer: { name: 'Ana Ruiz', email: null, phone: '600' },
        },
      ],
    ],
    ['a question', { statusChange: [change('pending', 1, 'IMEI?')] }, [{ kind: 'asked', question: 'IMEI?' }]],
    [
      'a question that stands in a note is asked once more as what it is',
      { statusChange: [change('pending', 1)], note: [{ id: '1', text: 'IMEI?', date: at(1) }] },
      [
        { kind: 'asked', question: 'IMEI?' },
        { kind: 'note', text: 'IMEI?' },
      ],
    ],
    [
      'what came of it',
      { statusChange: [change('resolved', 1, 'no_fault: works as it should'), change('closed', 2)] },
      [{ kind: 'resolved', outcome: 'no_fault', text: 'works as it should' }],
    ],
    [
      'in words of their own',
      { statusChange: [change('resolved', 1, 'Teléfono irreparable, lo sentimos')] },
      [{ kind: 'resolved', outcome: 'unrepairable', text: 'Teléfono irreparable, lo sentimos' }],
    ],
    [
      'closed after they took it up again',
      {
        statusChange: [
          ...[change('resolved', 1, 'repaired: glass'), change('inProgress', 2, 'again'), change('closed', 3, 'Fixed')],
        ],
      },
      [
        { kind: 'resolved', outcome: 'repaired', text: 'glass' },
        { kind: 'accepted', partnerRef: 'SR-1', engineer: null, etaAt: null, text: 'again' },
        { kind: 'resolved', outcome: 'repaired', text: 'Fixed' },
      ],
    ],
    [
      'closed without a word before it',
      { statusChange: [change('closed', 1, 'Fixed')] },
      [{ kind: 'resolved', outcome: 'repaired', text: 'Fixed' }],
    ],
    [
      'no, and what follows',
      { statusChange: [change('rejected', 1, 'Out of warranty\nNext step: offer a paid repair')] },
      [{ kind: 'rejected', reason: 'Out of warranty', nextStep: 'offer a paid repair' }],
    ],
    [
      'a system without a history',
      { statusChange: undefined, status: 'pending', statusChangeDate: at(3), statusChangeReason: 'IMEI?' },
      [{ kind: 'asked', question: 'IMEI?' }],
    ],
    [
      'the phone came, and goes back',
      {
        note: [
          { id: '1', text: 'Arrived', '@type': 'DeviceReceived' },
          { id: '2', text: 'dispatched' },
        ],
        relatedEntity: [{ role: 'shipment', id: 'T-9', name: 'Rápido' }],
      },
      [
        { kind: 'received', text: 'Arrived' },
        { kind: 'dispatched', carrier: 'Rápido', trackingNumber: 'T-9' },
      ],
    ],
    ['a price', { attachment: [jsonFile('q1', 'quote', QUOTE)] }, [{ kind: 'quoted', quote: QUOTE }]],
    ['a day', { expectedResolutionDate: at(50) }, [{ kind: 'eta', etaAt: at(50) }]],
    [
      'a day, and why',
      {
        expectedResolutionDate: at(50),
        lastUpdate: at(9),
        note: [{ id: 'n', date: at(9), author: 'Ana', text: 'Late part' }],
      },
      [{ kind: 'eta', etaAt: at(50), reason: 'Late part' }],
    ],
  ])('%s', (_name, more, said) => {
    expect(words(more)).toEqual(said);
    // Whatever is heard is something the door takes.
    for (const { word, externalRef, at: when } of read(more).heard)
      if (word.kind !== 'file') PartnerMessage.parse({ word, externalRef, at: when });
  });

  it('a day with its reason is one thing said, however often it is read; of what was heard before only the day is new', () => {
    const late = { expectedResolutionDate: at(50), lastUpdate: at(9), note: [{ date: at(9), text: 'Late part' }] };
    const { heard, seen } = read(late);
    const [ref = ''] = heard.map(({ externalRef }) => externalRef);
    // Read again it is told as a note, by the name that was heard.
    expect(read(late, { seen }).heard.map(({ externalRef }) => externalRef)).toEqual([ref]);
    const after = read(late, { taken: new Set([ref]) }).heard.filter(({ externalRef }) => externalRef !== ref);
    expect(after.map(({ word }) => word)).toEqual([{ kind: 'eta', etaAt: at(50), reason: 'Late part' }]);
    const long = { ...late, note: [{ date: at(9), text: 'x'.repeat(501) }] };
    expect(read(long).heard.map(({ word }) => word.kind)).toEqual(['note', 'eta']);
  });

  it('what we said ourselves is no news', () => {
    const more = {
      statusChange: [change('cancelled', 1, 'not needed'), change('inProgress', 2)],
      note: [
        { id: 'mine', text: 'by number' },
        { id: 'theirs now', author: 'Marta', text: 'by author and words' },
      ],
      attachment: [{ id: 'photo', url: 'x' }, jsonFile('a', 'quote_answer', {}), jsonFile('h', 'handoff', {})],
    };
    const known = {
      ...{ caused: new Set([`status:inProgress:${at(2)}`]), moved: new Set(['cancelled|not needed']) },
      ...{ ids: new Set(['mine', 'photo']), notes: new Set(['Marta|by author and words']) },
    };
    expect(words(more, known)).toEqual([]);
    expect(words(more).length).toBeGreaterThan(3);
  });

  it('a quote nobody can read is kept for a person, and the rest is heard', () => {
    const bad = jsonFile('q', 'quote', { lines: [{ ...LINE, priceCents: 50_000 }] });
    const reading = read({ attachment: [bad], note: [{ id: '1', text: 'see the quote' }] });
    expect(reading.unread).toMatchObject([{ externalRef: 'quote:q', because: expect.stringContaining('priceCents') }]);
    expect(reading.heard).toHaveLength(1);
  });

  it('what of a ticket is no ticket is not there', () => {
    const odd = {
      note: [{ text: 'fine' }, { text: 7 }, null],
      attachment: 'none',
      status: 'unheard-of',
      lastUpdate: 'x',
    };
    expect(words(odd)).toEqual([{ kind: 'note', text: 'fine' }]);
    expect(TheirTicket.safeParse({ status: 'closed' }).success).toBe(false);
  });

  it('without a history, work that goes on after a question is heard, and heard once', () => {
    const plain = (status: string, minute: number, dated = true) => ({
      ...{ statusChange: undefined, status, lastUpdate: at(minute) },
      ...(dated ? { statusChangeDate: at(minute) } : {}),
    });
    for (const dated of [true, false]) {
      const first = read(plain('inProgress', 1, dated));
      expect(first.heard.map(({ word }) => word.kind)).toEqual(['accepted']);
      const asked = read(plain('pending', 2, dated), { seen: first.seen });
      const again = read(plain('inProgress', 3, dated), { seen: asked.seen });
      expect(again.heard).toMatchObject([{ externalRef: `status:inProgress:${at(3)}`, word: { kind: 'in_progress' } }]);
      const later = read({ ...plain('inProgress', 3, dated), lastUpdate: at(4) }, { seen: again.seen });
      const known = new Set(again.heard.map(({ externalRef }) => externalRef));
      expect(later.heard.filter(({ externalRef }) => !known.has(externalRef))).toEqual([]);
    }
  });

  it('a number that is filled in later is told without bringing back what came since', () => {
    const changes = [change('inProgress', 1), change('resolved', 5, 'repaired: done')];
    const first = read({ statusChange: changes, lastUpdate: at(5) });
    const rma = { statusChange: changes, lastUpdate: at(9), relatedEntity: [{ role: 'rma', id: 'RMA-7' }] };
    const later = read(rma, { seen: first.seen }).heard.find(({ word }) => word.kind === 'accepted');
    expect(later).toMatchObject({ at: at(1), word: { partnerRef: 'RMA-7' } });
    expect(later?.externalRef).not.toBe(first.heard[0]?.externalRef);
  });
});

type Step =
  'acknowledged' | 'inProgress' | 'pending' | 'held' | 'resolved' | 'rejected' | 'eta' | 'note' | 'rma' | 'quote';
const STEPS: Step[] = [
  'acknowledged',
  'inProgress',
  'pending',
  'held',
  'resolved',
  'rejected',
  'eta',
  'note',
  'rma',
  'quote',
];

/** A ticket after each step of a story, as whoever asked then would have read it. */
function copiesOf(story: Step[]): TheirTicket[] {
  const now = {
    statusChange: [] as object[],
    note: [] as object[],
    attachment: [] as object[],
    relatedEntity: [] as object[],
  };
  let expectedResolutionDate: string | undefined;
  return story.map((step, minute) => {
    if (step === 'eta') expectedResolutionDate = new Date(Date.UTC(2027, 0, 1 + (minute % 5))).toISOString();
    else if (step === 'note') now.note = [...now.note, { id: `n${minute}`, text: `note ${minute}`, date: at(minute) }];
    else if (step === 'rma') now.relatedEntity = [{ role: 'rma', id: `RMA-${minute}` }];
    else if (step === 'quote') now.attachment = [...now.attachment, jsonFile(`q${minute}`, 'quote', QUOTE)];
    else now.statusChange = [...now.statusChange, change(step, minute, `repaired: ${minute}`)];
    return ticket({ ...now, expectedResolutionDate, lastUpdate: at(minute) });
  });
}

const SENT: Standing = {
  ...{ state: 'sent', heard: {}, etaAt: null, isAcknowledged: false, isAccepted: false, isResolved: false },
  ...{ partnerRef: null, engineer: null, outcome: null, question: null },
};

/** What comes of reading these copies one after the other: each word counts once, by its name. */
function readAll(copies: TheirTicket[]) {
  const log = new Map<string, string>();
  let seen: Seen = {};
  let standing = SENT;
  for (const copy of copies) {
    const reading = newsIn(copy, { ...KNOWN, seen });
    seen = reading.seen;
    for (const { word, externalRef, at: when } of reading.heard) {
      if (log.has(externalRef)) continue;
      log.set(externalRef, word.kind);
      if (word.kind !== 'file' || 'attachmentIds' in word)
        standing = fold(standing, { side: 'taker', word, stamp: { at: Date.parse(when), ref: externalRef } }).standing;
    }
  }
  const { heard: _, ...stands } = standing;
  const once = [...log].filter(([ref]) => !/^eta:|#/u.test(ref)).map(([ref]) => ref);
  return { stands, once: once.toSorted() };
}

describe('a ticket that is looked at again and again', () => {
  it('says nothing twice', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 12 }), (story) => {
        const copies = copiesOf(story);
        const last = copies.at(-1);
        const { seen } = newsIn(last ?? ticket(), KNOWN);
        const again = newsIn(last ?? ticket(), { ...KNOWN, seen });
        const first = newsIn(last ?? ticket(), KNOWN);
        const names = new Set(first.heard.map(({ externalRef }) => externalRef));
        expect(names.size).toBe(first.heard.length);
        expect(again.heard.filter(({ externalRef }) => !names.has(externalRef))).toEqual([]);
      }),
    );
  });

  it('ends where it would have ended, whichever copies came, however often and in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        fc.nat(20),
        (story, random, many) => {
          const copies = copiesOf(story);
          const pick = () => copies[(random.next().value ?? 0) % copies.length] ?? ticket();
          const shuffled = [...Array.from({ length: many }, pick)];
          const place = (random.next().value ?? 0) % (shuffled.length + 1);
          shuffled.splice(place, 0, copies.at(-1) ?? ticket());
          expect(readAll(shuffled)).toEqual(readAll(copies));
        },
      ),
      { numRuns: 500 },
    );
  });
});
