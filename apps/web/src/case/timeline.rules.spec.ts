import {
  TimelineFilter,
  VOUCHER_DOTS,
  type EventEntry,
  type InteractionEntry,
  type NoteEntry,
  type TimelineEntry,
} from '#contracts';
import {
  blocksOf,
  cameBack,
  entriesOf,
  filtered,
  firstUnseen,
  hasOriginalFor,
  keptFromSight,
  lastSeen,
  localId,
  type TalkEntry,
} from './timeline.rules.js';

const author = { kind: 'customer', id: null, displayName: 'Lucía Ferrer' } as const;
const said = (id: string, at: string, direction: 'inbound' | 'outbound' = 'inbound'): InteractionEntry => ({
  type: 'interaction',
  id,
  at,
  channel: 'twitter',
  direction,
  author,
  subject: null,
  text: id,
  quoted: null,
  notices: [],
  hasOriginal: false,
  html: null,
  occurredAt: at,
  delivery: null,
  attachments: [],
  externalId: null,
  messageId: null,
  public: null,
  matchedBy: null,
  review: null,
  automatic: false,
  automaticKind: null,
  sender: null,
  threadId: null,
  address: null,
  store: null,
  call: null,
  elsewhere: null,
});
const event = (id: string, at: string): EventEntry => ({ type: 'event', id, at, event: 'case.read', author, data: {} });
const note = (id: string, at: string): NoteEntry => ({ type: 'note', id, at, author, text: id, audience: 'internal' });
const monday = '2026-11-16T10:00:00Z';
const tuesday = '2026-11-17T10:00:00Z';

describe('entriesOf', () => {
  it('runs oldest first over pages, without repetition and without what was undone', () => {
    const undone = said('undone', tuesday, 'outbound');
    undone.delivery = {
      state: 'undone',
      reason: null,
      detail: null,
      dueAt: null,
      attempts: 0,
      sentAt: null,
      report: null,
      queue: null,
    };
    const pages = [
      { items: [said('b', tuesday), undone, said('c', tuesday)], nextCursor: 'older' },
      { items: [said('a', monday), said('b', tuesday)], nextCursor: null },
    ];
    expect(entriesOf(pages).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('firstUnseen', () => {
  const entries: TimelineEntry[] = [
    said('a', monday),
    said('ours', monday, 'outbound'),
    said('b', tuesday),
    note('n', tuesday),
  ];
  it('counts only what the customer said', () => {
    expect(firstUnseen(entries, 1)).toBe('b');
    expect(firstUnseen(entries, 2)).toBe('a');
    expect(firstUnseen(entries, 9)).toBe('a');
    expect(firstUnseen(entries, 0)).toBeNull();
  });
});

describe('blocksOf', () => {
  const dayOf = (at: string) => at.slice(0, 10);
  it('opens each day, gathers events and draws the line before what is new', () => {
    const entries = [said('a', monday), event('e1', tuesday), event('e2', tuesday), said('b', tuesday)];
    expect(blocksOf(entries, 'b', dayOf).map(({ kind }) => kind)).toEqual([
      'day',
      'entry',
      'day',
      'events',
      'new',
      'entry',
    ]);
  });
  it('says it on the day itself when the day begins with what is new', () => {
    const blocks = blocksOf([said('a', monday), said('b', tuesday)], 'b', dayOf);
    expect(blocks.map(({ kind }) => kind)).toEqual(['day', 'entry', 'day', 'entry']);
    expect(blocks[2]).toMatchObject({ kind: 'day', isNew: true });
  });
});

describe('filtered and lastSeen', () => {
  const entries = [said('a', monday), note('n', monday), event('e', monday), said(localId('k'), tuesday, 'outbound')];
  it('keeps conversation and internal apart', () => {
    expect(filtered(entries, 'conversation').map(({ id }) => id)).toEqual(['a', 'local-k']);
    expect(filtered(entries, 'internal').map(({ id }) => id)).toEqual(['n']);
  });
  it('what was said with a partner is conversation, and about what its event is about', () => {
    const talk = { type: 'talk', id: 't', at: monday, event: 'handoff.quoted' } as TalkEntry;
    const shownBy = TimelineFilter.options.filter((filter) => filtered([talk], filter).length > 0);
    expect(shownBy).toEqual(['all', 'conversation', 'money']);
  });
  it('never names an entry the server does not know', () => {
    expect(lastSeen(entries)).toBe('n');
  });
  it('names what arrived last, not what was written last', () => {
    expect(lastSeen([said('0002', monday), said('0001', tuesday)])).toBe('0002');
    expect(lastSeen([])).toBeUndefined();
  });
  it('names how the case began while nothing that was said has been seen', () => {
    expect(lastSeen([event('0001', monday), event('0002', tuesday)])).toBe('0001');
    expect(lastSeen([event('0001', monday), note('0002', monday)], [note('0002', monday)])).toBe('0001');
  });
});

describe('keptFromSight', () => {
  const ours = { ...author, kind: 'agent', id: 'me' } as const;
  const entries = [
    said('0001', monday),
    note('0002', monday),
    event('0003', monday),
    { ...note('0004', monday), author: ours },
    said(localId('k'), monday, 'outbound'),
    said('0005', monday),
  ];
  const hidden = keptFromSight(entries, 'internal', new Set(['0001']), 'me');
  it('is what others said, was not there before and is not shown', () => {
    expect(hidden.map(({ id }) => id)).toEqual(['0005']);
    expect(keptFromSight(entries, 'all', new Set(), 'me')).toEqual([]);
  });
  it('what came after it does not count as seen, what was seen before it does', () => {
    const later = [...entries, note('0006', tuesday)];
    expect(lastSeen(later, hidden)).toBe('0004');
    expect(lastSeen(later, hidden, '0003')).toBe('0004');
    expect(lastSeen(later, hidden, '0005')).toBe('0005');
    expect(lastSeen(later)).toBe('0006');
  });
  it('an older entry that was moved here takes nothing back', () => {
    const moved = said('0000', monday);
    expect(lastSeen([moved, ...entries], [moved], '0005')).toBe('0005');
  });
});

describe('hasOriginalFor', () => {
  const came = { ...said('a', monday), channel: 'email', hasOriginal: true } as const;
  it.each([
    ['a mail', came, true, true],
    ['what came another way', { ...came, hasOriginal: false }, false, false],
    ['the code of a voucher', { ...came, text: `es ${VOUCHER_DOTS}` }, false, true],
    ['one that is quoted', { ...came, quoted: `> es ${VOUCHER_DOTS}` }, false, true],
    ['one in the page it was sent as', { ...came, html: `<p>${VOUCHER_DOTS}</p>` }, false, true],
  ] as const)('%s', (_what, entry, forAll, forWhoGivesAny) => {
    expect([hasOriginalFor(entry, false), hasOriginalFor(entry, true)]).toEqual([forAll, forWhoGivesAny]);
  });
});

describe('cameBack', () => {
  const sent = {
    state: 'sent',
    reason: null,
    detail: null,
    dueAt: null,
    attempts: 1,
    sentAt: null,
    queue: null,
  } as const;
  const report = { status: '5.1.1', diagnostic: 'no such user', recipient: null, at: '2026-11-18T10:00:00Z' };
  it.each([
    ['left', { ...sent, report: null }, false],
    ['refused at once', { ...sent, state: 'failed' as const, report: null }, true],
    ['left and sent back', { ...sent, report: { ...report, action: 'failed' as const } }, true],
    ['left and still on its way', { ...sent, report: { ...report, action: 'delayed' as const } }, false],
  ])('%s', (_what, delivery, back) => {
    expect(cameBack({ ...said('a', '2026-11-18T09:00:00Z', 'outbound'), delivery })).toBe(back);
  });
});
