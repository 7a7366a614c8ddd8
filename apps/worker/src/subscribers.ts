import type { CaseEvent, JobName } from '#contracts';

/** Who reacts to what: the whole list. Each gets its events in batches, as jobs it may run twice. */
export interface Subscriber {
  name: string;
  job: Extract<JobName, 'interaction.sanitise'>;
  wants: (event: CaseEvent) => boolean;
}

export const subscribers: Subscriber[] = [
  {
    // Mails with long HTML get their safe version before anybody opens them.
    name: 'sanitise',
    job: 'interaction.sanitise',
    wants: (event) => event.type === 'interaction.received' && event.data['toSanitise'] === true,
  },
];
