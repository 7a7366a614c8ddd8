import type { Caller, CallOutcome, Direction, ImpactKind } from '#contracts';

/** What somebody is writing down of a call. */
export interface CallDraft {
  phone: string;
  direction: Direction;
  outcome: CallOutcome;
  times: number;
  text: string;
  name: string;
  caseReference: string;
  lacks: ImpactKind[];
}

export const CALL_OUTCOMES = ['answered', 'no_answer', 'busy', 'voicemail', 'failed'] as const satisfies CallOutcome[];
export const MOST_TIMES = 50;

export const emptyCall = (phone = '', caseReference = ''): CallDraft => ({
  phone,
  direction: 'inbound',
  outcome: 'answered',
  times: 1,
  text: '',
  name: '',
  caseReference,
  lacks: [],
});

/** A call in which nobody spoke: it can have been tried several times, and needs no words. */
export const ledNowhere = ({ outcome }: Pick<CallDraft, 'outcome'>): boolean =>
  outcome !== 'answered' && outcome !== 'voicemail';

export type CallField = 'phone' | 'name' | 'text';

/** What is still missing. `known`: the number is somebody's. */
export const missingInCall = (draft: CallDraft, known: boolean): CallField[] => {
  const missing: CallField[] = [];
  if (draft.phone.replace(/\D/g, '').length < 3) missing.push('phone');
  if (!known && !draft.name.trim() && !draft.caseReference.trim()) missing.push('name');
  if (!draft.text.trim() && !ledNowhere(draft)) missing.push('text');
  return missing;
};

/** What is sent: a case named by hand goes before whom the number is known as. */
export const callBodyOf = (draft: CallDraft, caller: Caller | undefined) => {
  const stated = draft.caseReference.trim();
  const who = stated
    ? { caseReference: stated }
    : caller?.customer
      ? { customerId: caller.customer.id, ...(caller.openCase ? { caseReference: caller.openCase.reference } : {}) }
      : { displayName: draft.name.trim() };
  const text = draft.text.trim();
  return {
    phone: draft.phone.trim(),
    direction: draft.direction,
    outcome: draft.outcome,
    ...(ledNowhere(draft) ? { times: draft.times } : {}),
    ...(text ? { text } : {}),
    ...(draft.lacks.length > 0 ? { lacks: draft.lacks } : {}),
    ...who,
  };
};
