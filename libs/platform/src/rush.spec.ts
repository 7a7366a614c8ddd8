import { Rush } from './rush.js';

it('is on while much happens, and over soon after', () => {
  let now = 0;
  const rush = new Rush(() => now);
  expect(rush.on).toBe(false);
  for (; now < 2000; now += 50) rush.note(1);
  expect(rush.on).toBe(false);
  for (; now < 4000; now += 50) rush.note(10);
  expect(rush.on).toBe(true);
  now += 2000;
  expect(rush.on).toBe(false);
});
