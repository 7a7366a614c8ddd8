import { roadOf, type RoadFacts } from './road.rules.js';

const now = new Date('2026-11-22T09:00:00Z');
const clear: RoadFacts = { worker: '2026-11-22T08:59:40Z', mail: null, events: null, delivery: null, figures: null };

describe('roadOf', () => {
  it('works while the worker is heard of and nothing waits', () => {
    expect(roadOf(clear, now)).toMatchObject({ works: true });
  });
  it.each<[string, Partial<RoadFacts>]>([
    ['worker', { worker: '2026-11-22T08:58:00Z' }],
    ['worker', { worker: null }],
    ['mail', { mail: '2026-11-22T08:57:00Z' }],
    ['events', { events: '2026-11-22T08:59:00Z' }],
    ['delivery', { delivery: '2026-11-22T08:57:00Z' }],
    ['figures', { figures: '2026-11-22T09:00:00Z' }],
  ])('names the blocked stretch: %s', (name, facts) => {
    const { works, steps } = roadOf({ ...clear, ...facts }, now);
    expect(works).toBe(false);
    expect(steps.filter((step) => !step.works).map((step) => step.name)).toEqual([name]);
  });
  it('has patience with what has only just come', () => {
    const just = '2026-11-22T08:59:45Z';
    expect(roadOf({ worker: just, mail: just, events: just, delivery: just, figures: null }, now).works).toBe(true);
  });
});
