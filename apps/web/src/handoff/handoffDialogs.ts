import type { HandoffWordKind } from '#contracts';
import { oneAtATime } from '../app/oneAtATime.js';

/** The form about a handoff that is open: at most one. */
export type HandoffDialog =
  /** `handoffId`: a draft that somebody goes on with. */
  | { name: 'new'; handoffId?: string }
  | { name: 'say'; handoffId: string; kind: SaidKind; approved?: boolean }
  | { name: 'go_on'; handoffId: string }
  /** What of ours a partner is to be told: it goes beyond the house. */
  | { name: 'share'; text: string; from: 'note' | 'talk' }
  | { name: 'seen'; handoffId: string }
  /** Links to the partner's own page of it. */
  | { name: 'links'; handoffId: string };

/** Words that are said by a form of their own. */
export type SaidKind = Exclude<HandoffWordKind, 'sent' | 'file'>;

/** The panel, the palette and keys open one. */
export const {
  open: openHandoffDialog,
  close: closeHandoffDialog,
  useOpen: useHandoffDialog,
} = oneAtATime<HandoffDialog>();
