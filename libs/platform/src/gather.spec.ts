import { Gather } from './gather.js';

/** Writes that end when they are told to. */
function held() {
  const batches: { items: number[]; end: (error?: Error) => void }[] = [];
  const write = (items: number[]) =>
    new Promise<number[]>((resolve, reject) =>
      batches.push({ items, end: (error) => (error ? reject(error) : resolve(items.map((item) => item * 10))) }),
    );
  return { batches, write };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('lets what comes meanwhile gather, and gives everybody their own result', async () => {
  const { batches, write } = held();
  const gather = new Gather(write, 3);
  const results = [1, 2, 3, 4, 5, 6].map((item) => gather.add(item));
  expect(batches.map(({ items }) => items)).toEqual([[1]]);
  batches[0]?.end();
  await turn();
  expect(batches.at(-1)?.items).toEqual([2, 3, 4]);
  batches.at(-1)?.end();
  await turn();
  batches.at(-1)?.end();
  expect(await Promise.all(results)).toEqual([10, 20, 30, 40, 50, 60]);
  const late = gather.add(7);
  batches.at(-1)?.end();
  expect(await late).toBe(70);
});

it('has as many on their way as it may', async () => {
  const { batches, write } = held();
  const gather = new Gather(write, 10, 2);
  const results = [1, 2, 3, 4].map((item) => gather.add(item));
  expect(batches.map(({ items }) => items)).toEqual([[1], [2]]);
  batches[1]?.end();
  await turn();
  expect(batches.at(-1)?.items).toEqual([3, 4]);
  batches[0]?.end();
  batches[2]?.end();
  expect(await Promise.all(results)).toEqual([10, 20, 30, 40]);
});

it('tries one by one what failed together: a bad item only fails itself', async () => {
  const gather = new Gather<number, number>((items) =>
    items.includes(2) ? Promise.reject(new Error('two')) : Promise.resolve(items),
  );
  const results = await Promise.allSettled([1, 2, 3].map((item) => gather.add(item)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('fails all of a batch at once when nobody is there to write to', async () => {
  let tries = 0;
  const gather = new Gather<number, number>(() => {
    tries += 1;
    return Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  });
  const results = await Promise.allSettled([1, 2, 3].map((item) => gather.add(item)));
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(tries).toBe(2);
});
