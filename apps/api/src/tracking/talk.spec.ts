import type { TrackedEntry } from '#views';
import { fitting } from './talk.js';

const entry = (text: string, fileNames: string[] = []): TrackedEntry => ({
  ...{ id: '1', at: '2026-03-01T09:00:00.000Z', cursor: 'c', kind: 'said', channel: 'email', by: 'you' },
  ...{ author: null, store: null, text, call: null },
  files: fileNames.map((fileName) => ({ id: '2', fileName, contentType: 'image/png', size: 1 })),
});

it.each([
  ['quotation marks', entry('"'.repeat(4_000))],
  ['letters of three bytes', entry('€'.repeat(4_000))],
  ['names of files', entry('', Array<string>(40).fill('"'.repeat(255)))],
])('a page of nothing but %s carries no more than 40 kB and what is on it at least', (_what, one) => {
  expect(fitting(Array<TrackedEntry>(60).fill(one)).length).toBeLessThanOrEqual(3);
});

it('many short ones fit', () => {
  expect(fitting(Array<TrackedEntry>(60).fill(entry('Hola')))).toHaveLength(60);
});
