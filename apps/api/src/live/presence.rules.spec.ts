import { allowed, peopleOf, samePeople, type Sitting } from './presence.rules.js';
import { PresenceLedger } from './presence-ledger.js';

const marta = { id: 'marta', displayName: 'Marta Rey' };
const iván = { id: 'ivan', displayName: 'Iván Sáez' };
const at = (person: typeof marta, state: Sitting['state'], caseId = 'case'): Sitting => ({ caseId, person, state });

describe('who is at a case', () => {
  it('is each person once, with the most they do in any window', () => {
    expect(peopleOf([at(marta, 'viewing'), at(marta, 'writing'), at(marta, 'viewing')])).toEqual([
      { ...marta, state: 'writing' },
    ]);
    expect(peopleOf([at(marta, 'writing'), at(marta, 'at_counter')])[0]?.state).toBe('at_counter');
  });

  it('is told in one order, whoever came first', () => {
    const one = peopleOf([at(marta, 'viewing'), at(iván, 'viewing'), at(iván, 'at_counter')]);
    expect(one.map(({ id }) => id)).toEqual(['ivan', 'marta']);
    expect(samePeople(one, peopleOf([at(iván, 'at_counter'), at(marta, 'viewing')]))).toBe(true);
    expect(samePeople(one, peopleOf([at(iván, 'writing'), at(marta, 'viewing')]))).toBe(false);
  });
});

it('whoever says too much is heard again after a while', () => {
  const bucket = { left: 2, at: 0 };
  expect([0, 1, 2].map((now) => allowed(bucket, now, 2, 5))).toEqual([true, true, false]);
  expect(allowed(bucket, 300, 2, 5)).toBe(true);
  expect(allowed(bucket, 301, 2, 5)).toBe(false);
});

describe('the ledger', () => {
  const move = (window: string, sitting: Sitting | null) => ({ window, sitting });

  it('has a window at one case at a time', () => {
    const ledger = new PresenceLedger();
    expect(ledger.move(move('a/1', at(marta, 'viewing', 'one')))).toEqual(['one']);
    expect(ledger.move(move('a/1', at(marta, 'viewing', 'two')))).toEqual(['one', 'two']);
    expect([ledger.at('one'), ledger.at('two')]).toEqual([[], [{ ...marta, state: 'viewing' }]]);
  });

  it('keeps quiet about what everybody knows: a second window of a person, somebody who came and went', () => {
    const ledger = new PresenceLedger();
    ledger.move(move('a/1', at(marta, 'writing')));
    expect(ledger.news('case')).toEqual([{ ...marta, state: 'writing' }]);
    ledger.move(move('a/2', at(marta, 'viewing')));
    expect(ledger.news('case')).toBeNull();
    ledger.move(move('a/3', at(iván, 'viewing')));
    ledger.move(move('a/3', null));
    expect(ledger.news('case')).toBeNull();
    ledger.move(move('a/1', null));
    expect(ledger.news('case')).toEqual([{ ...marta, state: 'viewing' }]);
    ledger.move(move('a/2', null));
    expect(ledger.news('case')).toEqual([]);
  });

  it('notices that it missed what another process told, and starts from all of it', () => {
    const ledger = new PresenceLedger();
    expect(ledger.hear('b', 1, [move('b/1', at(iván, 'viewing'))], 0)).toBeNull();
    expect(ledger.learn('b', 1, [move('b/1', at(iván, 'viewing'))], 0)).toEqual(['case']);
    expect(ledger.hear('b', 2, [move('b/1', at(iván, 'writing'))], 0)).toEqual(['case']);
    expect(ledger.hear('b', 4, [move('b/2', at(iván, 'viewing'))], 0)).toBeNull();
    ledger.learn('b', 4, [], 0);
    expect(ledger.at('case')).toEqual([]);
  });

  it('takes the windows of a process that is silent or gone away with it', () => {
    const ledger = new PresenceLedger();
    ledger.learn('b', 0, [move('b/1', at(iván, 'viewing'))], 1_000);
    ledger.hear('b', 0, [], 5_000);
    expect(ledger.silentSince(5_000)).toEqual([]);
    expect(ledger.silentSince(5_001)).toEqual(['b']);
    expect(ledger.lose('b')).toEqual(['case']);
    expect(ledger.at('case')).toEqual([]);
    expect(ledger.hear('b', 0, [], 6_000)).toBeNull();
  });

  it('knows which windows have said nothing for too long', () => {
    const ledger = new PresenceLedger();
    ledger.renew('a/1', 100);
    ledger.renew('a/2', 200);
    ledger.renew('a/1', 300);
    expect(ledger.lapsed(200)).toEqual(['a/2']);
    ledger.forget('a/2');
    expect(ledger.lapsed(200)).toEqual([]);
  });
});
