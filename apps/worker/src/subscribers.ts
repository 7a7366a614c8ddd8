import type { CaseEvent, JobName } from '#contracts';
import { concernsSomebody } from '#notifications';

/** Who reacts to what: the whole list. Each gets its events in batches, as jobs it may run twice. */
export interface Subscriber {
  name: string;
  job: Extract<
    JobName,
    'interaction.sanitise' | 'call.attach' | 'match.suggest' | 'case.route' | 'promise.keep' | 'notify.tell'
  >;
  wants: (event: CaseEvent) => boolean;
}

export const subscribers: Subscriber[] = [
  {
    // Mails with long HTML get their safe version before anybody opens them.
    name: 'sanitise',
    job: 'interaction.sanitise',
    wants: (event) => event.type === 'interaction.received' && event.data['toSanitise'] === true,
  },
  {
    // Who called and found nobody is a case now, or their number became known: the calls belong to their story.
    name: 'calls',
    job: 'call.attach',
    wants: ({ type, data }) =>
      (type === 'case.opened' && data['callsWaiting'] === true) ||
      (type === 'contact_point.added' && data['kind'] === 'phone'),
  },
  {
    // Who has just written may be somebody we know. A case that is opened comes with the message it is opened for.
    name: 'match',
    job: 'match.suggest',
    wants: ({ type }) => type === 'interaction.received' || type === 'contact_point.added' || type === 'entry.moved_in',
  },
  {
    // Whoever it concerns is told.
    name: 'notify',
    job: 'notify.tell',
    wants: concernsSomebody,
  },
  {
    // A reply has left: whoever promised to write again by then has.
    name: 'promises',
    job: 'promise.keep',
    wants: ({ type }) => type === 'interaction.sent',
  },
  {
    // Customers have written again: whoever knows them gets the case, where nobody has it.
    name: 'route',
    job: 'case.route',
    wants: ({ type, data }) =>
      type === 'case.reopened' ||
      (type === 'interaction.received' &&
        data['matchedBy'] !== 'new_customer' &&
        (data['channel'] === 'twitter' || data['channel'] === 'email' || data['channel'] === 'web')),
  },
];
