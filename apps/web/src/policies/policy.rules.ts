import { PolicyCondition, PolicyMetric, type Policy, type PolicyTargets, type PolicyVersion } from '#contracts';
import { durationText, minutesOf } from './duration.rules.js';

/** Policies as they are typed, and in what two versions differ. */

export const METRICS: readonly PolicyMetric[] = PolicyMetric.options;
export const CONDITIONS: readonly PolicyCondition[] = PolicyCondition.options;

/** Of each metric how long, as it is typed, and by which calendar; nothing typed: no clock. */
export type TypedTargets = Record<PolicyMetric, { text: string; calendar: string }>;

export function typedTargets(targets: PolicyTargets): TypedTargets {
  const typed = METRICS.map((metric) => {
    const target = targets[metric];
    return [metric, { text: target ? durationText(target.minutes) : '', calendar: target?.calendar ?? 'house' }];
  });
  return Object.fromEntries(typed) as TypedTargets;
}

/** @returns the targets, and those that cannot be read */
export function readTargets(typed: TypedTargets): { targets: PolicyTargets; unread: PolicyMetric[] } {
  const named = METRICS.filter((metric) => typed[metric].text.trim() !== '').map((metric) => ({
    metric,
    minutes: minutesOf(typed[metric].text),
    calendar: typed[metric].calendar,
  }));
  return {
    targets: Object.fromEntries(
      named.flatMap(({ metric, minutes, calendar }) => (minutes === null ? [] : [[metric, { minutes, calendar }]])),
    ),
    unread: named.filter(({ minutes }) => minutes === null).map(({ metric }) => metric),
  };
}

export type Difference = { of: 'conditions' } | { of: PolicyMetric };

/** In what a version is another than the one before it. */
export function differencesOf(
  before: Pick<PolicyVersion, 'conditions' | 'targets'>,
  after: Pick<PolicyVersion, 'conditions' | 'targets'>,
): Difference[] {
  const sameWords = CONDITIONS.every(
    (key) => before.conditions[key]?.toSorted().join() === after.conditions[key]?.toSorted().join(),
  );
  const target = (of: PolicyTargets, metric: PolicyMetric) => `${of[metric]?.minutes} ${of[metric]?.calendar}`;
  return [
    ...(sameWords ? [] : [{ of: 'conditions' as const }]),
    ...METRICS.filter((metric) => target(before.targets, metric) !== target(after.targets, metric)).map((metric) => ({
      of: metric,
    })),
  ];
}

const isCatchAll = ({ isActive, conditions }: Policy) => isActive && Object.keys(conditions).length === 0;

/** @returns those no case is ever given, for one before them is for every case */
export function neverChosen(policies: readonly Policy[]): ReadonlySet<string> {
  const first = policies.findIndex(isCatchAll);
  return new Set(
    first < 0
      ? []
      : policies
          .slice(first + 1)
          .filter(({ isActive }) => isActive)
          .map(({ id }) => id),
  );
}

/** Open cases that run by what it said before. */
export const onOlder = ({ running, version }: Policy): number =>
  running.reduce((sum, each) => (each.version < version ? sum + each.cases : sum), 0);

export const runningCases = ({ running }: Policy): number => running.reduce((sum, { cases }) => sum + cases, 0);
