import type { IntakeGate, IntakeKind, IntakePath, IntakeStep, IntakeValues } from '#contracts';

/** The steps of the screen, in the order they are usually gone through; none is locked. */
const STEPS: Record<IntakeKind, readonly IntakeStep[]> = {
  intake: ['who', 'listen', 'device', 'decide', 'keep', 'take', 'sign'],
  pick_up: ['who', 'back', 'loaner', 'sign'],
};
export const stepsOf = (kind: IntakeKind): readonly IntakeStep[] => STEPS[kind];

export type StepState = 'now' | 'done' | 'open';

/** By the first word of their paths; what is promised is asked where it is signed. */
export const stepOfPath = (path: string): IntakeStep => {
  const [room = ''] = path.split('.');
  if (path === 'back.conditionIn' || path === 'back.loanerChecks') return 'loaner';
  return STEPS.intake.find((step) => step === room) ?? (room === 'back' ? 'back' : 'sign');
};

const touched = (values: IntakeValues, step: IntakeStep): boolean =>
  (Object.keys(values) as IntakePath[]).some((path) => stepOfPath(path) === step && values[path] != null);

/** done: something was written there and nothing is missing. */
export const stepState = (
  step: IntakeStep,
  now: IntakeStep,
  { values, gates }: { values: IntakeValues; gates: readonly IntakeGate[] },
): StepState => {
  if (step === now) return 'now';
  return touched(values, step) && !gates.some((gate) => gate.step === step) ? 'done' : 'open';
};

/** Where the big button leads: on to the next step in which something is still to be done, at last to the signature. */
export const stepAfter = (
  kind: IntakeKind,
  now: IntakeStep,
  gates: readonly IntakeGate[],
  values: IntakeValues,
): IntakeStep | null => {
  const steps = stepsOf(kind);
  const rest = steps.slice(steps.indexOf(now) + 1);
  const needed = rest.find((step) => gates.some((gate) => gate.step === step) || !touched(values, step));
  return needed ?? rest.at(-1) ?? null;
};
export const stepBefore = (kind: IntakeKind, now: IntakeStep): IntakeStep | null => {
  const steps = stepsOf(kind);
  return steps[steps.indexOf(now) - 1] ?? null;
};

export const readStep = (search: Record<string, unknown>): { step?: IntakeStep } => {
  const step = [...STEPS.intake, ...STEPS.pick_up].find((one) => one === search['step']);
  return step ? { step } : {};
};
