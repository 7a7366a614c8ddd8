import {
  compareIds,
  conversationOf,
  idBefore,
  momentOf,
  inOrder,
  otherSide,
  readText,
  sameText,
  timeOfId,
  toInbound,
  type DirectMessage,
} from './direct-message.rules.js';

const LINK = {
  url: 'https://t.co/aBcDeFgHiJ',
  expanded_url: 'https://nexo.test/estado?a=1&b=2',
  display_url: 'nexo.test/estado',
};
const PICTURE = {
  url: 'https://t.co/0123456789',
  expanded_url: 'https://twitter.com/messages/media/1860000000000000001',
  display_url: 'pic.twitter.com/0123456789',
};

const message = (change: Partial<DirectMessage> = {}): DirectMessage => ({
  id: '1860000000000000001',
  isOwn: false,
  account: { id: '1700000000000000001', name: '@nexo_ayuda' },
  other: { id: '1540000000000000101', name: 'Lucía', handle: 'Lucia_R' },
  conversationId: '1540000000000000101-1700000000000000001',
  text: 'Hola',
  writtenAt: '2026-11-03T09:00:00.000Z',
  media: [],
  ...change,
});
const NONE = { stored: [], lost: [] };
const NOW = new Date('2026-11-03T10:00:00.000Z');

describe('ids of X', () => {
  it('compares ids above 2^53 as numbers', () => {
    expect(compareIds('9007199254740993', '9007199254740992')).toBe(1);
    expect(compareIds('999', '1000')).toBe(-1);
    expect(compareIds('1860000000000000001', '1860000000000000001')).toBe(0);
  });

  it('names a conversation by the smaller id first, whichever writes', () => {
    expect(conversationOf('1700000000000000001', '999')).toBe('999-1700000000000000001');
    expect(conversationOf('999', '1700000000000000001')).toBe('999-1700000000000000001');
  });

  it('finds the other side of two, and of nothing else', () => {
    expect(otherSide('999-1700000000000000001', '1700000000000000001')).toBe('999');
    expect(otherSide('1860000000000000009', '1700000000000000001')).toBeNull();
    expect(otherSide('5-6', '7')).toBeNull();
  });

  it('reads the time in an id', () => {
    expect(timeOfId('1541815603606036480')).toBe(1656432460105);
    expect(timeOfId('20')).toBeNull();
  });

  it('orders the messages of one millisecond by the count in their ids', () => {
    const first = 1541815603606036480n;
    const ids = [0n, 1n, 2n, 7n, 998n, 999n].map((count) => (first + count).toString());
    const moments = ids.map((id) => momentOf(id, '2022-06-28T16:07:40.105Z', NOW));
    expect(moments[0]).toBe('2022-06-28T16:07:40.105000Z');
    expect([...new Set(moments)].sort()).toEqual(moments);
    expect(momentOf(ids[1] ?? '', null, NOW)).toBe(moments[1]);
    expect(momentOf(ids[1] ?? '', '2026-11-03T09:00:00.000Z', NOW)).toBe('2026-11-03T09:00:00.000Z');
    expect(momentOf('20', null, NOW)).toBe(NOW.toISOString());
  });

  it('goes back in time and stops at the first id', () => {
    const back = idBefore('1541815603606036480', 600_000);
    expect(timeOfId(back.toString())).toBe(1656432460105 - 600_000);
    expect(idBefore('5', 600_000)).toBe(0n);
  });
});

describe('the text of a message', () => {
  it('shows links in full', () => {
    expect(readText(`Mira ${LINK.url} y dime`, [LINK], false)).toBe(`Mira ${LINK.expanded_url} y dime`);
  });

  it('drops the link X appends for an attachment', () => {
    expect(readText(`Así está ${PICTURE.url}`, [PICTURE], true)).toBe('Así está');
    expect(readText(PICTURE.url, [PICTURE], true)).toBe('');
  });

  it('keeps that link when the attachment itself did not come', () => {
    expect(readText(`Así está ${PICTURE.url}`, [PICTURE], false)).toBe(`Así está ${PICTURE.expanded_url}`);
  });

  it('unescapes once what X escapes, and nothing else', () => {
    expect(readText('1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt; &quot;', [], false)).toBe('1 < 2 && 3 > 2 &lt; &quot;');
  });

  it.each([
    ['Hola  Lucía\n¿qué tal?', 'Hola Lucía ¿qué tal?'],
    ['Mira https://nexo.es/', 'Mira http://nexo.es'],
    ['a & b', 'a &amp; b'],
    ['café', 'cafe\u0301'],
  ])('knows %j again as %j', (one, other) => expect(sameText(one, other)).toBe(true));

  it('does not take one text for another', () => {
    expect(sameText('Sí', 'Si')).toBe(false);
    expect(sameText('Hola', 'Hola!')).toBe(false);
  });
});

describe('an arrival', () => {
  it('is of the customer, with id, handle and conversation', () => {
    expect(toInbound(message(), NONE, NOW)).toMatchObject({
      channel: 'twitter',
      direction: 'inbound',
      externalId: '1860000000000000001',
      contact: { kind: 'twitter', value: '1540000000000000101', handle: 'lucia_r', display: '@Lucia_R' },
      displayName: 'Lucía',
      authorName: null,
      text: 'Hola',
      occurredAt: '2026-11-03T09:00:00.000Z',
      account: '1700000000000000001',
      threadRef: '1540000000000000101-1700000000000000001',
    });
  });

  it('written by our account elsewhere is outbound, of the recipient, by the account', () => {
    expect(toInbound(message({ isOwn: true }), NONE, NOW)).toMatchObject({
      direction: 'outbound',
      contact: { value: '1540000000000000101' },
      displayName: 'Lucía',
      authorName: '@nexo_ayuda',
    });
  });

  it('of somebody X does not name goes by their id', () => {
    const nobody = message({ other: { id: '77', name: null, handle: null } });
    expect(toInbound(nobody, NONE, NOW)).toMatchObject({ displayName: '77', contact: { handle: null, display: '77' } });
  });

  it('says of a picture that could not be fetched yet that it is on its way', () => {
    const lost = [{ id: null, url: 'https://ton.twitter.com/1.jpg', contentType: null }];
    expect(toInbound(message(), { stored: [], lost }, NOW)).toMatchObject({
      text: 'Hola',
      notices: [{ code: 'twitter.files_coming', values: { count: '1' } }],
    });
    expect(toInbound(message(), NONE, NOW).notices).toEqual([]);
  });

  it('takes its time from its id when X gives none', () => {
    const silent = message({ id: '1541815603606036480', writtenAt: null });
    expect(toInbound(silent, NONE, NOW).occurredAt).toBe('2022-06-28T16:07:40.105000Z');
    expect(toInbound({ ...silent, id: '20' }, NONE, NOW).occurredAt).toBe(NOW.toISOString());
  });

  it('stands in the order it was written in', () => {
    const late = message({ id: '3', writtenAt: '2026-11-03T09:00:02.000Z' });
    const early = message({ id: '9', writtenAt: '2026-11-03T09:00:01.000Z' });
    const same = message({ id: '10', writtenAt: '2026-11-03T09:00:01.000Z' });
    expect(inOrder([late, same, early]).map(({ id }) => id)).toEqual(['9', '10', '3']);
  });
});
