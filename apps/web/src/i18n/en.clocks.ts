/** Clocks: what is measured, and what happened to it. */
import type { esClocks } from './es.clocks.js';

export const enClocks: Record<keyof typeof esClocks, string> = {
  'clock.first_useful_action': 'First help',
  'clock.next_response': 'Answer',
  'clock.next_update': 'Promised update',
  'clock.relief': 'Connected again',
  'clock.resolution': 'Solution',
  'event.clock.breached.customer': 'Overdue for the customer: {what} (was due {due, date, medium}, {due, time, short})',
  'event.clock.breached.team': 'Overdue for the team: {what} (was due {due, date, medium}, {due, time, short})',
};
