import type { DeskAction, Language } from '#contracts';
import type { DeskView, OpenDeskLink, Trouble, Typed } from '#handoffs';
import type { Moments } from '../tracking/moments.js';
import type { DeskWords } from './words.js';

/** What became of a form that was sent from the page. */
export type Became =
  | { kind: 'taken'; late: boolean }
  | { kind: 'refused'; action: DeskAction; typed: Typed; trouble: Trouble | null; why: string | null };

/** Everything the parts of the page need. */
export interface DeskScene {
  view: DeskView;
  words: DeskWords;
  language: Language;
  moments: Moments;
  link: OpenDeskLink;
  /** The path of the link itself. */
  path: string;
  brand: string;
  /** Of each form: sent twice it counts once. */
  nonce: string;
  /** Whose form is open. */
  open: DeskAction | null;
  became: Became | null;
}
