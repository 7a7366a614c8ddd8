import type { CallOutcome, CaseStatus, Channel, ImpactKind, ImpactState, WaitReason } from '#contracts';

/** What the page of a case says, in the language of its customer. `{name}` stands for a value. */
export interface Words {
  other: string;
  otherName: string;
  yourCase: string;
  headline: Record<CaseStatus, string>;
  waiting: Record<WaitReason, string>;
  waitingLead: Record<WaitReason, string>;
  lead: Record<CaseStatus, string>;
  owner: string;
  team: string;
  nextIs: string;
  nextDue: string;
  nobody: string;
  writes: string;
  writesLate: string;
  problem: string;
  noProblem: string;
  missing: string;
  impact: Record<ImpactKind, string>;
  calls: Record<'in' | 'out', string>;
  state: Record<ImpactState, string>;
  way: string;
  opened: Record<Channel, string>;
  visited: string;
  visitedWithDevice: string;
  deviceUnseen: string;
  deviceSeen: string;
  step: Record<'understood' | 'in_solution' | 'restored' | 'closed', string>;
  ahead: Record<'understood' | 'in_solution' | 'restored', { title: string; text: string }>;
  promises: string;
  benefits: string;
  benefitSum: Record<'runs' | 'final', string>;
  benefitUntil: string;
  tell: string;
  tellNow: string;
  tellLabel: string;
  tellHint: string;
  photos: string;
  photosHint: string;
  send: string;
  sent: string;
  again: string;
  empty: string;
  tooLarge: string;
  notPhotos: string;
  tooOften: string;
  talk: string;
  noTalk: string;
  older: string;
  newest: string;
  you: string;
  us: string;
  noted: string;
  somebody: string;
  cut: string;
  channel: Record<Channel, string>;
  call: Record<CallOutcome, string>;
  missed: string;
  warranty: string;
  warrantyNext: string;
  code: string;
  codeHint: string;
  codeImage: string;
  footer: string;
  revoke: string;
  revokeSure: string;
  revokeDo: string;
}

/** A sentence with its values. */
export const fill = (sentence: string, values: Record<string, string | number>): string =>
  sentence.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
