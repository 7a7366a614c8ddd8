import type { CallBody, ImpactKind, PatchCaseBody } from '#contracts';
import type { z } from 'zod';
import type { AgentKey } from './carrier.js';
import type { StoryStep } from './story.js';
import type { DemoCustomer } from './customers.js';

/** One customer of the demo day: who they are, and what happened, oldest first. */
export interface Story {
  customer: DemoCustomer;
  problem: string;
  steps: Step[];
}

/** How long before now, in minutes. */
type Ago = { ago: number };

export type Step = Ago &
  (
    | { do: 'dm'; text: string; lacks?: ImpactKind[] }
    | { do: 'mail'; subject: string; text: string; lacks?: ImpactKind[] }
    | { do: 'visit'; by: AgentKey; store: string; text: string; lacks?: ImpactKind[]; imei?: string; model?: string }
    | { do: 'call'; by: AgentKey; outcome: z.infer<typeof CallBody>['outcome']; text: string; lacks?: ImpactKind[] }
    | { do: 'reply'; by: AgentKey; channel: 'twitter' | 'email'; text: string }
    /** A link on which they follow their case, with a few words. */
    | { do: 'link'; by: AgentKey; text: string }
    | StoryStep
    | { do: 'note'; by: AgentKey; text: string }
    | { do: 'take'; by: AgentKey }
    | { do: 'move'; by: AgentKey; to: NonNullable<PatchCaseBody['status']>; waitReason?: PatchCaseBody['waitReason'] }
    | { do: 'read'; by: AgentKey }
  );
