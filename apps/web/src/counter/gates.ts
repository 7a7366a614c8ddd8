import { HandoffPreview, IntakeGate } from '#contracts';
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

/** What the company asks for and nobody has said, by its titles. */
export const missingIn = (error: unknown): string[] => {
  if (!(error instanceof ApiFailure) || error.code !== 'handoff.incomplete') return [];
  const { missing } = (error.details ?? {}) as { missing?: unknown };
  return (HandoffPreview.shape.missing.safeParse(missing).data ?? []).map(({ title }) => title);
};
