import type { esQueues } from './es.queues.js';

/** Queues, who works them, what comes next and who is away, in English. */
export const enQueues: Record<keyof typeof esQueues, string> = {
  'view.next': 'Next',
  'view.update_due': 'Update due',
  'view.without_service': 'Without service',
  'view.waiting_partner': 'Waiting on partner',
  'view.quiet': 'Quiet',
  'view.next.title': 'Next for me',
  'view.update_due.title': 'Updates we owe',
  'view.without_service.title': 'Customers without service',
  'view.waiting_partner.title': 'Waiting on a partner',
  'view.quiet.title': 'Nobody has told them anything',
  'empty.next': 'Nothing waits for you',
  'empty.next.lead': 'What comes into your queues appears here, most urgent first.',
  'empty.next.due': 'Nothing is due',
  'empty.next.due.lead': 'Next update: {when}, {reference}.',
  'empty.update_due': 'We owe nobody an update',
  'empty.update_due.lead': 'Those that are promised appear here before they are due.',
  'empty.without_service': 'Nobody is without service',
  'empty.without_service.lead': 'Whoever cannot use their line appears here until they can again.',
  'empty.waiting_partner': 'No partner has anything in hand',
  'empty.waiting_partner.lead': 'Cases that wait for a partner appear here.',
  'empty.quiet': 'Nobody is left without news',
  'empty.quiet.lead': 'Whoever is without service and has heard from nobody for a day appears here.',

  'order.due': 'It stands here because it is due on {day} at {time}',
  'order.not_due': 'It stands at the end because nothing of it is due',
  'order.then':
    '{due}; what is due in the same minute goes by what they cannot do ({impact, select, calls {make calls} data {use data} apps {use apps} none {nothing} other {something else}}) and by tier ({tier, select, gold {gold} silver {silver} other {standard}}).',

  'next_up.take': 'Take the next one',
  'next_up.taken': 'You have the case of {name}',
  'next_up.nothing': 'Nothing waits in your queues.',
  'next_up.nothing_due': 'Nothing waits in your queues. Next update: {when}, {reference}.',
  'keys.take_next': 'Take the next case',
  'palette.take_next': 'Take the next case',
  'palette.take_next.words': 'next take pull work queue urgent siguiente coger tomar trabajo cola',
};
