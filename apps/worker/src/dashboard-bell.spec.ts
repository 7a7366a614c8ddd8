import { jest } from '@jest/globals';
import { DashboardBell } from './dashboard-bell.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('rings at once, then twice a second at most, and for the last change for sure', () => {
  const heard: number[] = [];
  const bell = new DashboardBell({ ring: () => heard.push(performance.now()) });
  const began = performance.now();
  for (let ms = 0; ms < 2000; ms += 50) {
    bell.ring();
    jest.advanceTimersByTime(50);
  }
  jest.advanceTimersByTime(1000);
  expect(heard.map((at) => Math.round(at - began))).toEqual([0, 500, 1000, 1500, 2000]);
  bell.ring();
  expect(heard).toHaveLength(6);
  bell.ring();
  bell.stop();
  jest.advanceTimersByTime(1000);
  expect(heard).toHaveLength(6);
});
