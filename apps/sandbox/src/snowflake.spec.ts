import { Snowflakes, conversationIdOf } from './snowflake.js';

describe('ids of X', () => {
  it('only grow, even when the clock stands still or goes back', () => {
    let now = 1_795_000_000_000;
    const snowflakes = new Snowflakes(() => now);
    const ids = [snowflakes.next(), snowflakes.next()];
    now -= 1000;
    ids.push(snowflakes.next());
    now += 5000;
    ids.push(snowflakes.next());
    const numbers = ids.map(BigInt);
    expect(numbers).toEqual(numbers.toSorted((one, other) => (one < other ? -1 : 1)));
    expect(new Set(ids).size).toBe(4);
    expect(numbers.every((id) => id > 2n ** 53n && id < 2n ** 63n)).toBe(true);
  });

  it('name a conversation by the smaller, then the larger number', () => {
    expect(conversationIdOf('1700000000000000001', '999')).toBe('999-1700000000000000001');
    expect(conversationIdOf('5', '1700000000000000001')).toBe('5-1700000000000000001');
  });
});
