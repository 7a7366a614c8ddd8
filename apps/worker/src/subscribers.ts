import type { CaseEvent, JobName } from '#contracts';
import { concernsSomebody } from '#notifications';

/** Who reacts to what: the whole list. Each gets its events in batches, as jobs it may run twice. */
export interface Subscriber {
  name: string;
  job: Extract<
    JobName,
    | 'interaction.sanitise'
    | 'call.attach'
    | 'match.suggest'
    | 'case.route'
    | 'promise.keep'
    | 'notify.tell'
    | 'loan.follow'
    | 'benefit.settle'
    | 'benefit.contribute'
    | 'handoff.told'
    | 'handoff.answer_quote'
    | 'repair.follow'
  >;
  wants: (event: CaseEvent) => boolean;
  /** It reads them itself: of each it is given the id alone. */
  byId?: true;
}

/** Two people, or two cases, became one, or two again. */
const MERGES = /^(customer|case)\.(un)?merged$/u;

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
    byId: true,
  },
  {
    // A reply has left: whoever promised to write again by then has.
    name: 'promises',
    job: 'promise.keep',
    wants: ({ type }) => type === 'interaction.sent',
  },
  {
    // A repair is back, or promised for another day: the loaner is due with it. Two cases are one, or two again: so are their repairs.
    name: 'loans',
    job: 'loan.follow',
    wants: ({ type }) =>
      ['repair.promise_moved', 'repair.moved', 'repair.returned'].includes(type) || MERGES.test(type),
  },
  {
    // Something works again, or a case is over: what runs until all works again stops.
    name: 'benefits',
    job: 'benefit.settle',
    wants: ({ type, data }) =>
      (type === 'impact.moved' && data['to'] === 'restored') ||
      (type === 'case.status_changed' && (data['to'] === 'closed' || data['to'] === 'spam')),
  },
  {
    // A quote holds, its repair comes to nothing, or goes with its case: what we put towards it is what the quote says.
    name: 'contributions',
    job: 'benefit.contribute',
    wants: ({ type }) => type === 'quote.approved' || type === 'repair.moved' || MERGES.test(type),
  },
  {
    // A message that says who has their device has left, or somebody has told them: they know who answers.
    name: 'accountable',
    job: 'handoff.told',
    wants: ({ type }) => type === 'interaction.sent' || type === 'customer.told',
  },
  {
    // The customer has decided about a quote: whoever made it is told.
    name: 'quote-answers',
    job: 'handoff.answer_quote',
    wants: ({ type }) => type === 'quote.approved' || type === 'quote.declined',
  },
  {
    // A partner says what it costs, when it is back and what came of it: the repair goes by that.
    name: 'repairs',
    job: 'repair.follow',
    wants: ({ type, data }) =>
      type === 'custody.moved' ||
      (data['direction'] === 'out' &&
        /^handoff[.](?:accepted|quoted|eta_moved|progressed|resolved|reopened)$/u.test(type)),
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
