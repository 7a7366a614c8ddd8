/** Clocks: what is measured, and what happened to it. */
import type { esClocks } from './es.clocks.js';

export const enClocks: Record<keyof typeof esClocks, string> = {
  'clock.open': 'See the clocks of the case',
  'clock.all': 'Clocks of the case',
  'clock.none': 'This case has no clocks.',
  'clock.reading': 'Reading the clocks…',
  'clock.unread': 'The clocks cannot be read now. Close this and open it again.',
  'clock.side.customer': 'for the customer',
  'clock.side.team': 'for the team',
  'clock.met': 'Met in {span}',
  'clock.ended': 'Ended, not met',
  'clock.left': '{span} left',
  'clock.line.started': 'Starts',
  'clock.line.paused': 'Pauses',
  'clock.line.resumed': 'Resumes',
  'clock.line.met': 'Met',
  'clock.line.breached': 'Overdue',
  'clock.line.ended': 'Ends',
  'clock.line.reapplied': 'Another policy',
  'clock.first_useful_action': 'First help',
  'clock.next_response': 'Answer',
  'clock.next_update': 'Promised update',
  'clock.relief': 'Connected again',
  'clock.resolution': 'Solution',
  'event.clock.breached.customer': 'Overdue for the customer: {what} (was due {due, date, medium}, {due, time, short})',
  'event.clock.breached.team': 'Overdue for the team: {what} (was due {due, date, medium}, {due, time, short})',
};
