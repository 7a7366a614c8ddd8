import { makeCoalescer, newest } from './coalescer.js';

const ring = (version: number, ...types: string[]) => ({
  caseId: 'case-1',
  version,
  types,
  at: `2026-03-02T09:00:0${version}Z`,
});

it.each([
  ['in their order', [ring(8, 'leg.planned'), ring(9, 'interaction.received', 'leg.planned')]],
  ['the newer first', [ring(9, 'interaction.received', 'leg.planned'), ring(8, 'leg.planned')]],
])('rings for one case, %s, are one: of the newest version, with all that happened', (_how, rings) => {
  const held = rings.reduce(newest, new Map());
  expect([...held.values()]).toEqual([{ ...ring(9), types: expect.anything() as unknown }]);
  expect(new Set(held.get('case-1')?.types)).toEqual(new Set(['leg.planned', 'interaction.received']));
});

it('rings for two cases are two', () => {
  const other = { ...ring(3, 'case.opened'), caseId: 'case-2' };
  expect([...newest(newest(new Map(), ring(8, 'leg.planned')), other).keys()]).toEqual(['case-1', 'case-2']);
});

it('what rings while something is being read is handed on after it, together', async () => {
  const batches: string[][] = [];
  let read: () => void = () => undefined;
  const coalescer = makeCoalescer((batch) => {
    batches.push(batch.flatMap(({ types }) => types));
    return batches.length === 1 ? new Promise((done) => (read = done)) : Promise.resolve();
  }, 0);
  coalescer.ring(ring(1, 'case.opened'));
  while (batches.length === 0) await new Promise(setImmediate);
  coalescer.ring(ring(2, 'leg.planned'));
  coalescer.ring(ring(3, 'case.assigned'));
  expect(batches).toEqual([['case.opened']]);
  read();
  while (batches.length === 1) await new Promise(setImmediate);
  expect(batches).toEqual([['case.opened'], ['leg.planned', 'case.assigned']]);
});
