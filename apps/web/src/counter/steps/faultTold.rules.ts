import type { CaseDetail, FaultKind } from '#contracts';

/** What people call what is wrong with their phone, in both languages; only what is said in so many words. */
const SAID: readonly (readonly [FaultKind, RegExp])[] = [
  [
    'no_power',
    /\bno (?:se |me )?(?:enciende|prende|arranca)\b|\bmuert[oa]\b|\bdead\b|(?:not|n[’']t) (?:turn|switch|power) on\b/u,
  ],
  ['restarts', /\bse (?:me )?(?:apaga|reinicia)\b|\b(?:restarts|reboots|shuts down)\b/u],
  ['battery', /\bbater[ií]a\b|\bbattery\b/u],
  ['charging', /\bno (?:me )?carga\b|(?:not|n[’']t) charg/u],
  ['screen', /\bpantalla\b|\bscreen\b/u],
  ['touch', /\bt[aá]ctil\b|\btouch\b/u],
  ['sound', /\baltavoz\b|\bauricular\b|\bspeaker\b|\bearpiece\b/u],
  ['microphone', /\bmicr[oó]fono\b|\bmicrophone\b/u],
  ['camera', /\bc[aá]mara\b|\bcamera\b/u],
  ['liquid', /\bmojad[oa]\b|\bagua\b|\bwet\b|\bwater\b/u],
  ['overheating', /\bse (?:me )?(?:re)?calienta\b|\boverheats?\b/u],
];

/**
 * What is wrong with the phone, as the customer has told it before they came: said once, not asked again.
 * @returns null when nothing of the kind was said, or more than one thing
 */
export const faultTold = (texts: readonly string[]): FaultKind | null => {
  const said = texts.join('\n').toLowerCase();
  const [kind, ...others] = SAID.flatMap(([fault, words]) => (words.test(said) ? [fault] : []));
  return kind !== undefined && others.length === 0 ? kind : null;
};

/** What a case has been told about the phone itself. */
export const toldOf = ({ problem, story }: Pick<CaseDetail, 'problem' | 'story'>): string[] => [
  problem ?? '',
  ...story.flatMap(({ kind, text }) => (kind === 'broke' && text !== null ? [text] : [])),
];
