import { HygieneStep } from '#contracts';

/** What is still to be done before a loaner that came back is lent again. */
export const stepsLeft = (done: readonly HygieneStep[]): HygieneStep[] =>
  HygieneStep.options.filter((step) => !done.includes(step));
