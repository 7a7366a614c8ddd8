import { within } from './patience.js';

describe('within', () => {
  it('waits for what ends in time, and hears when it fails', async () => {
    expect(await within(10_000, Promise.resolve('done'))).toBe(true);
    await expect(within(10_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('leaves what does not end, also when that fails later', async () => {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise((_, reject) => (fail = reject));
    expect(await within(1, work)).toBe(false);
    fail(new Error('nobody listens any more'));
    await expect(work).rejects.toThrow('nobody listens any more');
  });
});
