import { USUAL_PREFERENCES, type NotificationGroup, type NotificationItem } from '#contracts';
import { freshOf, idsOf, shownOf } from './desktop.rules.js';

const AT = '2026-11-22T22:30:00.000Z';
const item = (id: string, more: Partial<NotificationItem> = {}): NotificationItem => ({
  ...{ id, kind: 'customer_wrote', values: { channel: 'email' }, at: AT, readAt: null },
  ...more,
});
const group = (...items: NotificationItem[]): NotificationGroup => ({
  ...{ key: 'case', case: { id: 'case', reference: 'H-7K2F-9Q', customerName: 'Lucía Ferrer Gil' }, items },
  ...{ total: items.length, unread: items.length, at: AT },
});
const night = { from: '22:00', to: '07:30', days: ['sun' as const], timeZone: 'Europe/Madrid' };
const ids = (groups: NotificationGroup[]) => groups.map(({ items }) => items.map(({ id }) => id));

it('shows what came since and was not read, a case once', () => {
  const before = [group(item('a'))];
  const now = [group(item('c'), item('b', { readAt: AT }), item('a'))];
  expect(ids(freshOf(now, idsOf(before), USUAL_PREFERENCES, new Date(AT)))).toEqual([['c']]);
  expect(freshOf(now, idsOf(now), USUAL_PREFERENCES, new Date(AT))).toEqual([]);
});

it('is silent in quiet hours, but for what has to be acknowledged by whoever chose so', () => {
  const asked = item('b', { kind: 'escalated', values: { acknowledgeBy: AT } });
  const quiet = { ...USUAL_PREFERENCES, quiet: night };
  expect(ids(freshOf([group(item('a'), asked)], new Set(), quiet, new Date(AT)))).toEqual([['b']]);
  const asleep = { ...quiet, urgentInQuiet: false };
  expect(freshOf([group(item('a'), asked)], new Set(), asleep, new Date(AT))).toEqual([]);
});

it('says the first name and what it is about', () => {
  expect(shownOf(group(item('a')), 'es', { timeZone: 'Europe/Madrid', now: new Date(AT) })).toEqual({
    title: 'Lucía',
    body: 'Ha escrito un correo',
  });
});
