import type { RoadStep } from '#contracts';

type StepName = RoadStep['name'];

/** How long each stretch may take before it counts as blocked, in ms. The worker is heard of every half minute. */
export const ROAD_PATIENCE: Record<StepName, number> = {
  worker: 90_000,
  mail: 120_000,
  events: 30_000,
  delivery: 120_000,
  // Wrong is wrong from the start.
  figures: -1,
};

/** worker: when it was last heard of · the others: since when the oldest thing waits; null: nothing does. */
export type RoadFacts = Record<StepName, string | null>;

/** Whether each stretch of the road works now. */
export const roadOf = (facts: RoadFacts, now: Date): { works: boolean; steps: RoadStep[] } => {
  const steps = (Object.keys(ROAD_PATIENCE) as StepName[]).map((name): RoadStep => {
    const at = facts[name];
    const late = at === null ? name === 'worker' : now.getTime() - Date.parse(at) > ROAD_PATIENCE[name];
    return { name, works: !late, at };
  });
  return { works: steps.every(({ works }) => works), steps };
};
