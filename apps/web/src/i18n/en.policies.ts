/** Policies: how long each thing may take, and in which cases. */
import type { esPolicies } from './es.policies.js';

export const enPolicies: Record<keyof typeof esPolicies, string> = {
  'event.policy.reapplied':
    '{author} changed the deadlines to “{name}”, version {version} (they went by “{previousName}”, version {previousVersion})',
  'event.policy.given': '{author} gave the case deadlines: “{name}”, version {version}',
};
