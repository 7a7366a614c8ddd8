import type { esEscalations } from './es.escalations.js';

export const enEscalations: Record<keyof typeof esEscalations, string> = {
  'event.escalation.raised': 'Escalated: {what} ({why}). {who} answers for it',
  'event.escalation.raised.nobody': 'Escalated: {what} ({why}). Nobody answers for it yet',
  'event.escalation.acknowledged': '{who} is looking after what was escalated',
  'event.escalation.ended.met': 'What was escalated is solved: the target was met',
  'event.escalation.ended.dropped': 'What was escalated is no longer needed',
  'escalation.reason.share': 'time is running out',
  'escalation.reason.breach': 'late',
  'escalation.reason.elapsed': 'taking too long',
  'escalation.reason.unacknowledged': 'nobody acknowledged it',
};
