import { Rush } from '#platform';
import { ReadLine } from './read-line.js';

const rush = new Rush(() => 0);

/** Reads that end when they are told to. */
function held() {
  const begun: { name: string; end: (error?: Error) => void }[] = [];
  const read = (name: string) => () =>
    new Promise<string>((resolve, reject) =>
      begun.push({ name, end: (error) => (error ? reject(error) : resolve(`${name} ${begun.length}`)) }),
    );
  return { begun, read, names: () => begun.map(({ name }) => name) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('lets everybody read at once while little happens', async () => {
  const line = new ReadLine(new Rush(() => 0));
  const { begun, read, names } = held();
  const answers = Promise.all(['a', 'b', 'a'].map((name) => line.ask(name, read(name))));
  expect(names()).toEqual(['a', 'b', 'a']);
  for (const { end } of begun) end();
  expect(await answers).toEqual(['a 3', 'b 3', 'a 3']);
});

describe('in a rush', () => {
  beforeAll(() => rush.note(1000));

  it('reads one after the other, in the order of the questions', async () => {
    const line = new ReadLine(rush);
    const { begun, read, names } = held();
    const answers = ['a', 'b', 'c'].map((name) => line.ask(name, read(name)));
    for (const done of ['a', 'b', 'c']) {
      expect(names().at(-1)).toBe(done);
      begun.at(-1)?.end();
      await turn();
    }
    expect(await Promise.all(answers)).toEqual(['a 1', 'b 2', 'c 3']);
  });

  it('gives one answer to all who wait for it, never one that was begun before they asked', async () => {
    const line = new ReadLine(rush);
    const { begun, read, names } = held();
    const first = line.ask('a', read('a'));
    const later = [line.ask('a', read('a')), line.ask('a', read('a'))];
    expect(names()).toEqual(['a']);
    begun[0]?.end();
    expect(await first).toBe('a 1');
    await turn();
    expect(names()).toEqual(['a', 'a']);
    begun[1]?.end();
    expect(await Promise.all(later)).toEqual(['a 2', 'a 2']);
  });

  it('goes on after a read that fails, which fails for those who asked for it only', async () => {
    const line = new ReadLine(rush);
    const { begun, read } = held();
    const answers = Promise.allSettled(['a', 'b', 'b', 'c'].map((name) => line.ask(name, read(name))));
    begun[0]?.end();
    await turn();
    begun[1]?.end(new Error('cut off'));
    await turn();
    begun[2]?.end();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });
});

it('lets the whole line in once the rush is over', async () => {
  let now = 0;
  const passing = new Rush(() => now);
  passing.note(1000);
  const line = new ReadLine(passing);
  const { begun, read, names } = held();
  const answers = Promise.all(['a', 'b', 'c'].map((name) => line.ask(name, read(name))));
  now += 10_000;
  begun[0]?.end();
  await turn();
  expect(names()).toEqual(['a', 'b', 'c']);
  for (const { end } of begun.slice(1)) end();
  await answers;
});
