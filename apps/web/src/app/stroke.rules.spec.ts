import { isSigned } from './stroke.rules.js';

const line = (...points: [number, number][]) => ({ points: points.map(([x, y]) => ({ x, y })) });

it.each([
  ['nothing', [], false],
  ['a point', [line([10, 10])], false],
  ['points here and there', [line([10, 10]), line([200, 90]), line([300, 20])], false],
  ['a finger that slipped', [line([10, 10], [14, 13], [20, 13])], false],
  ['a cross', [line([10, 10], [40, 40]), line([40, 10], [10, 40])], true],
  ['a name', [line([10, 60], [60, 10], [110, 60], [200, 20])], true],
])('%s', (_, strokes, expected) => {
  expect(isSigned(strokes)).toBe(expected);
});
