import { Feed } from '../feed.js';
import { Messages } from '../messages.js';
import { Snowflakes } from '../snowflake.js';
import { pageOf, placeOf, tokenOf } from './paging.js';

function written(count: number): Messages {
  const messages = new Messages(new Snowflakes(Date.now), Date.now, new Feed());
  for (let n = 0; n < count; n += 1) messages.add('1', '2', `${n}`, null);
  return messages;
}
const texts = (page: { messages: { text: string }[] }): string => page.messages.map((one) => one.text).join('');

describe('pages', () => {
  it('go to the end and back, newest first', () => {
    const messages = written(7);
    const first = pageOf(messages.all(), 3);
    const second = pageOf(messages.all(), 3, first.nextToken);
    const third = pageOf(messages.all(), 3, second.nextToken);
    expect([first, second, third].map(texts)).toEqual(['654', '321', '0']);
    expect([first.previousToken, third.nextToken]).toEqual([undefined, undefined]);
    expect(texts(pageOf(messages.all(), 3, third.previousToken))).toBe('321');
    expect(texts(pageOf(messages.all(), 3, second.previousToken))).toBe('654');
  });

  it('stay where they are while new messages come', () => {
    const messages = written(5);
    const { nextToken } = pageOf(messages.all(), 2);
    messages.add('1', '2', 'x', null);
    expect(texts(pageOf(messages.all(), 2, nextToken))).toBe('21');
  });

  it('are named by tokens only this server makes', () => {
    const token = tokenOf({ towards: 'older', id: '2124465519376465920' });
    expect(token).toMatch(/^[0-9A-V]{16,40}$/);
    expect(placeOf(token)).toEqual({ towards: 'older', id: '2124465519376465920' });
    const tampered = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;
    for (const wrong of [tampered, token.slice(1), 'x', '']) expect(() => placeOf(wrong)).toThrow(/invalid/);
  });
});
