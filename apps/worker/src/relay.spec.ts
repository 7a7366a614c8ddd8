import type { CaseEvent } from '#contracts';
import { changesOf } from './relay.js';

const event = (caseId: string, caseVersion: number, type: string): CaseEvent => ({
  id: 'e',
  seq: '1',
  caseId,
  caseVersion,
  type,
  data: {},
  at: '2026-03-02T09:00:00.000Z',
  correlationId: null,
});

it('rings once per case, with the newest version and each type once', () => {
  const changes = changesOf([
    event('a', 1, 'case.opened'),
    event('b', 7, 'note.added'),
    event('a', 2, 'interaction.received'),
    event('a', 3, 'interaction.received'),
  ]);
  expect(changes).toEqual([
    { caseId: 'a', version: 3, types: ['case.opened', 'interaction.received'], at: '2026-03-02T09:00:00.000Z' },
    { caseId: 'b', version: 7, types: ['note.added'], at: '2026-03-02T09:00:00.000Z' },
  ]);
});
