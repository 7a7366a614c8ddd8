import type { EventData, HandoffWord } from '#contracts';
import type { NewEvent } from '#cases';
import type { Happened } from './fold.rules.js';
import type { HandoffRecord } from './handoff-record.js';

/** What every event of a handoff says of it. */
export const whichOf = (handoff: HandoffRecord): EventData<'handoff.acknowledged'> => ({
  ...{ handoffId: handoff.id, reference: handoff.reference, partnerId: handoff.partnerId },
  ...{ partnerName: handoff.partnerName, direction: handoff.direction, mode: handoff.mode },
  state: handoff.state,
  ...{ repairId: handoff.repairId, deviceId: handoff.deviceId },
});

interface Told {
  word: HandoffWord;
  entryId: string;
  ours: boolean;
}

type Teller = (handoff: HandoffRecord, before: HandoffRecord, told: Told) => NewEvent;

const textOf = (word: HandoffWord): string | null => ('text' in word ? (word.text ?? null) : null);
const reasonOf = (word: HandoffWord): string => ('reason' in word ? (word.reason ?? '') : '');

/** What the house is told when it happened. */
const TELLERS: Record<Happened, Teller> = {
  sent: (handoff) => ({
    type: 'handoff.sent',
    data: { ...whichOf(handoff), ask: handoff.ask, targets: handoff.targets, calendar: handoff.calendar },
  }),
  acknowledged: (handoff) => ({ type: 'handoff.acknowledged', data: whichOf(handoff) }),
  accepted: (handoff) => ({
    type: 'handoff.accepted',
    data: {
      ...whichOf(handoff),
      ...{ partnerRef: handoff.partnerRef, engineer: handoff.engineer, etaAt: handoff.etaAt?.toISOString() ?? null },
    },
  }),
  rejected: (handoff, _, { word }) => ({
    type: 'handoff.rejected',
    data: { ...whichOf(handoff), reason: reasonOf(word), nextStep: (word.kind === 'rejected' && word.nextStep) || '' },
  }),
  asked: (handoff) => ({ type: 'handoff.asked', data: { ...whichOf(handoff), question: handoff.question ?? '' } }),
  answered: (handoff, _, { word }) => ({
    type: 'handoff.answered',
    data: { ...whichOf(handoff), text: textOf(word) ?? '' },
  }),
  progressed: (handoff, _, { word }) => ({
    type: 'handoff.progressed',
    data: { ...whichOf(handoff), text: textOf(word) },
  }),
  eta_moved: (handoff, before, { word }) => ({
    type: 'handoff.eta_moved',
    data: {
      ...whichOf(handoff),
      ...{ from: before.etaAt?.toISOString() ?? null, to: handoff.etaAt?.toISOString() ?? '' },
      reason: word.kind === 'eta' ? (word.reason ?? null) : null,
    },
  }),
  quoted: (handoff, _, { word, entryId }) => {
    if (word.kind !== 'quoted') throw new Error('a quote is told by its word');
    return { type: 'handoff.quoted', data: { ...whichOf(handoff), entryId, quote: word.quote } };
  },
  received: (handoff) => ({ type: 'handoff.device_received', data: whichOf(handoff) }),
  dispatched: (handoff, _, { word }) => {
    if (word.kind !== 'dispatched') throw new Error('a dispatch is told by its word');
    const { carrier = null, trackingNumber = null, etaAt = null } = word;
    return { type: 'handoff.device_dispatched', data: { ...whichOf(handoff), carrier, trackingNumber, etaAt } };
  },
  resolved: (handoff, _, { word }) => {
    if (word.kind !== 'resolved') throw new Error('an end is told by its word');
    const { outcome, text, cover = null } = word;
    return { type: 'handoff.resolved', data: { ...whichOf(handoff), outcome, text, cover } };
  },
  reopened: (handoff, _, { word }) => ({
    type: 'handoff.reopened',
    data: { ...whichOf(handoff), reason: reasonOf(word) },
  }),
  closed: (handoff) => ({ type: 'handoff.closed', data: whichOf(handoff) }),
  cancelled: (handoff, _, { word }) => ({
    type: 'handoff.cancelled',
    data: { ...whichOf(handoff), reason: reasonOf(word) },
  }),
  recalled: (handoff, _, { word }) => ({
    type: 'handoff.recalled',
    data: { ...whichOf(handoff), reason: reasonOf(word) },
  }),
  noted: (handoff, _, { entryId, ours }) => ({ type: 'handoff.noted', data: { ...whichOf(handoff), entryId, ours } }),
};

export const eventOf = (happened: Happened, handoff: HandoffRecord, before: HandoffRecord, told: Told): NewEvent =>
  TELLERS[happened](handoff, before, told);
