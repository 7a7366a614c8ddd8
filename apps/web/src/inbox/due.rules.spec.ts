import { dueLook, spanOf } from './due.rules.js';

const now = Date.parse('2026-11-19T12:18:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

describe('dueLook', () => {
  it.each([
    [31, 'running', 'calm'],
    [29, 'running', 'due'],
    [90, 'due', 'due'],
    [-1, 'running', 'breached'],
    [10, 'breached', 'breached'],
    [-60, 'paused', 'paused'],
  ] as const)('%i minutes, %s → %s', (minutes, state, look) => {
    expect(dueLook({ metric: 'next_response', dueAt: at(minutes), state }, now)).toBe(look);
  });
});

describe('spanOf', () => {
  it('cuts instead of rounding up', () => {
    expect(spanOf(119 * 60_000 + 59_000)).toEqual({ unit: 'hours', hours: 1, minutes: 59 });
    expect(spanOf(59_999)).toEqual({ unit: 'minutes', count: 0 });
    expect(spanOf(25 * 3_600_000)).toEqual({ unit: 'days', days: 1, hours: 1 });
  });
});
