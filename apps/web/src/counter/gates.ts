import { IntakeGate } from '#contracts';
import { ApiFailure } from '../api/http.js';

export type Gate = IntakeGate;

/** The gates the server still found open. */
export const gatesIn = (error: unknown): Gate[] => {
  if (!(error instanceof ApiFailure) || error.code !== 'intake.gates_open') return [];
  const { gates } = (error.details ?? {}) as { gates?: unknown[] };
  return (gates ?? []).flatMap((gate) => {
    const read = IntakeGate.safeParse(gate);
    return read.success ? [read.data] : [];
  });
};
