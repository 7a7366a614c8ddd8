import { Sweep } from './sweep.js';

const EVERY_MS = 60_000;

describe('a sweep', () => {
  it('looks sooner than by itself when it is told that there will be something', async () => {
    let looks = 0;
    const seen = Promise.withResolvers<void>();
    const sweep = new Sweep('Test', EVERY_MS, async () => {
      looks += 1;
      if (looks === 1) sweep.pokeIn(1);
      else seen.resolve();
      return Promise.resolve(false);
    });
    sweep.start();
    await seen.promise;
    await sweep.stop();
    expect(looks).toBe(2);
  });

  it('forgets it when it stops', async () => {
    let looks = 0;
    const sweep = new Sweep('Test', EVERY_MS, () => Promise.resolve((looks += 1) < 0));
    sweep.start();
    sweep.pokeIn(EVERY_MS - 1);
    await sweep.stop();
    sweep.pokeIn(0);
    expect(looks).toBe(1);
  });
});
