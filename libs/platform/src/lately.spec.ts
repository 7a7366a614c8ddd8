import { Lately, Shared } from './lately.js';

it('keeps what was asked for last and no more', () => {
  const lately = new Lately<number>(3);
  for (const [at, key] of ['a', 'b', 'c'].entries()) lately.set(key, at);
  lately.get('a');
  for (let at = 0; at < 100; at += 1) lately.set(`more ${at}`, at);
  expect(lately.get('a')).toBeUndefined();
  lately.set('a', 1);
  lately.set('b', 2);
  lately.get('a');
  lately.set('c', 3);
  lately.set('d', 4);
  expect(['a', 'b', 'c', 'd'].map((key) => lately.get(key))).toEqual([1, undefined, 3, 4]);
});

it('is found once for all who ask at the same time, and again when it is forgotten or has failed', async () => {
  const shared = new Shared<number>(60_000, 10);
  let found = 0;
  const find = () => Promise.resolve((found += 1));
  expect(await Promise.all([shared.of('a', find), shared.of('a', find), shared.of('b', find)])).toEqual([1, 1, 2]);
  expect(await shared.of('a', find)).toBe(1);
  shared.forget();
  expect(await shared.of('a', find)).toBe(3);
  await expect(shared.of('c', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await shared.of('c', find)).toBe(4);
  expect(await new Shared<number>(0, 10).of('a', find)).toBe(5);
});
