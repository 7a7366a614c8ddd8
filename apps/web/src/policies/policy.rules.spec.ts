import type { Policy } from '#contracts';
import { differencesOf, neverChosen, onOlder, readTargets, typedTargets } from './policy.rules.js';

const policy = (id: string, more: Partial<Policy> = {}): Policy => ({
  ...{
    id,
    name: id,
    isActive: true,
    version: 2,
    conditions: {},
    targets: {},
    by: null,
    at: '',
    running: [],
    reapplyId: null,
  },
  ...more,
});

it('what is typed is read, and what cannot be is named', () => {
  const targets = { relief: { minutes: 1440, calendar: 'always' }, resolution: { minutes: 90, calendar: 'house' } };
  const typed = typedTargets(targets);
  expect(typed.relief).toEqual({ text: '1 d', calendar: 'always' });
  expect(typed.silence).toEqual({ text: '', calendar: 'house' });
  expect(readTargets(typed)).toEqual({ targets, unread: [] });
  const other = { ...typed, relief: { text: ' ', calendar: 'always' }, silence: { text: 'pronto', calendar: 'house' } };
  expect(readTargets(other)).toEqual({ targets: { resolution: targets.resolution }, unread: ['silence'] });
});

it('says in what two versions differ', () => {
  const before = {
    conditions: { tiers: ['gold' as const, 'silver' as const] },
    targets: { relief: { minutes: 60, calendar: 'house' } },
  };
  expect(differencesOf(before, { ...before, conditions: { tiers: ['silver', 'gold'] } })).toEqual([]);
  expect(differencesOf(before, { conditions: {}, targets: { silence: { minutes: 5, calendar: 'house' } } })).toEqual([
    { of: 'conditions' },
    { of: 'silence' },
    { of: 'relief' },
  ]);
  expect(differencesOf(before, { ...before, targets: { relief: { minutes: 60, calendar: 'always' } } })).toEqual([
    { of: 'relief' },
  ]);
});

it('knows which are never chosen, and who runs by what was said before', () => {
  const special = { conditions: { tiers: ['gold' as const] } };
  const all = [policy('a', special), policy('b', { isActive: false }), policy('c'), policy('d', special), policy('e')];
  expect([...neverChosen(all)]).toEqual(['d', 'e']);
  expect(neverChosen([policy('a', special)]).size).toBe(0);
  const running = [
    { version: 2, cases: 5 },
    { version: 1, cases: 3 },
  ];
  expect(onOlder(policy('a', { running }))).toBe(3);
});
