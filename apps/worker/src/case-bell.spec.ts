import { jest } from '@jest/globals';
import type { CaseEvent } from '#contracts';
import { CaseBell, changesOf } from './case-bell.js';

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
  expect([...changes.values()]).toEqual([
    { caseId: 'a', version: 3, types: ['case.opened', 'interaction.received'], at: '2026-03-02T09:00:00.000Z' },
    { caseId: 'b', version: 7, types: ['note.added'], at: '2026-03-02T09:00:00.000Z' },
  ]);
});

describe('the bell of the cases', () => {
  const rung: { rooms: string[]; event: string; said: unknown }[] = [];
  /** What a ring takes, milliseconds. */
  let cost = 0;
  let busy = 0;
  const doorbell: ConstructorParameters<typeof CaseBell>[0] = {
    ring: (rooms, event, ...said) => {
      rung.push({ rooms: Array.isArray(rooms) ? rooms : rooms.to, event, said: said[0] });
      jest.advanceTimersByTime(cost);
    },
  };
  const heard = (room: string) =>
    rung.filter(({ rooms }) => rooms.includes(room)).map(({ event, said }) => [event, said]);
  const change = (caseId: string, version: number, ...types: string[]) => ({
    caseId,
    version,
    types,
    at: '2026-03-02T09:00:00.000Z',
  });

  beforeEach(() => {
    jest.useFakeTimers();
    rung.splice(0);
    [cost, busy] = [0, 0];
  });
  afterEach(() => jest.useRealTimers());

  it('rings case by case, and once for all at who asked for that; a store hears of its own', () => {
    const bell = new CaseBell(doorbell, () => busy);
    bell.ring([event('a', 1, 'case.opened'), event('b', 4, 'note.added')], new Map([['b', ['store:1']]]));
    const [a, b] = [change('a', 1, 'case.opened'), change('b', 4, 'note.added')];
    expect(heard('cases')).toEqual([
      ['case.changed', a],
      ['case.changed', b],
    ]);
    expect(heard('cases:batched')).toEqual([['cases.changed', [a, b]]]);
    expect(heard('store:1')).toEqual([['case.changed', b]]);
    expect(heard('store:1:batched')).toEqual([['cases.changed', [b]]]);
  });

  it('rings at once whenever there is time for it, however long a ring takes', () => {
    cost = 20;
    const bell = new CaseBell(doorbell, () => busy);
    bell.ring([event('a', 1, 'case.opened')], new Map());
    bell.ring([event('a', 2, 'note.added')], new Map());
    expect(heard('cases')).toEqual([
      ['case.changed', change('a', 1, 'case.opened')],
      ['case.changed', change('a', 2, 'note.added')],
    ]);
  });

  it('gathers while the process has no time, and rings once for all of it', () => {
    [cost, busy] = [20, 1];
    const bell = new CaseBell(doorbell, () => busy);
    bell.ring([event('a', 1, 'case.opened')], new Map());
    rung.splice(0);
    bell.ring([event('b', 4, 'note.added')], new Map([['b', ['store:1']]]));
    bell.ring([event('b', 5, 'interaction.sent'), event('c', 1, 'case.opened')], new Map());
    jest.advanceTimersByTime(300);
    expect(rung).toEqual([]);
    jest.advanceTimersByTime(100);
    const gathered = [change('b', 5, 'note.added', 'interaction.sent'), change('c', 1, 'case.opened')];
    expect(heard('cases:batched')).toEqual([['cases.changed', gathered]]);
    expect(heard('store:1:batched')).toEqual([['cases.changed', [gathered[0]]]]);
    jest.advanceTimersByTime(2000);
    expect(heard('cases:batched')).toHaveLength(1);
  });

  it('leaves nothing unsaid when it stops', () => {
    [cost, busy] = [20, 1];
    const bell = new CaseBell(doorbell, () => busy);
    bell.ring([event('a', 1, 'case.opened')], new Map());
    rung.splice(0);
    bell.ring([event('b', 4, 'note.added')], new Map());
    bell.flush();
    expect(heard('cases')).toEqual([['case.changed', change('b', 4, 'note.added')]]);
  });
});
