/**
 * A time people wait, on a machine that does other things as well: half of what was measured is within it, and nothing takes three
 * times as long.
 * @param times milliseconds
 */
export function expectPrompt(times: readonly number[], budgetMs: number): void {
  expect(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(budgetMs);
  expect(Math.max(...times)).toBeLessThan(3 * budgetMs);
}
