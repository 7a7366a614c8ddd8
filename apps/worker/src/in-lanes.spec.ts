import { inLanes } from './in-lanes.js';

describe('in lanes', () => {
  it('gives each sweep a share of its own, and none waits for another', async () => {
    const looks = new Map<number, number>();
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: ahead, resolve: wentAhead } = Promise.withResolvers<void>();
    const sweeps = inLanes('shares', 60_000, async ({ at, of }) => {
      expect(of).toBe(sweeps.length);
      looks.set(at, (looks.get(at) ?? 0) + 1);
      if (at === 0) await held;
      else if (looks.get(at) === 3) wentAhead();
      return at !== 0 && (looks.get(at) ?? 0) < 3;
    });
    for (const sweep of sweeps) sweep.start();
    // The first is at its first portion still.
    await ahead;
    expect(looks.get(0)).toBe(1);
    letGo();
    await Promise.all(sweeps.map((sweep) => sweep.stop()));
    expect([...looks.keys()].toSorted()).toEqual(sweeps.map((_, at) => at));
  });
});
