import { isStrong, MATCH_RULES, rulesOf, type Evidence, type MatchRule } from '#contracts';

/** What people have said of these two before. */
export interface Memory {
  /** "Not the same". */
  apart: boolean;
  /** Keys of the evidence that was on the table when they said so. */
  refused: ReadonlySet<string>;
}

export const NOTHING_SAID: Memory = { apart: false, refused: new Set() };

export interface Verdict {
  verdict: 'attach' | 'suggest' | 'nothing';
  /** Everything that speaks for it, strongest first. */
  rules: MatchRule[];
}

/** Whether a strong rule rests on something that was not on the table when they were told apart. */
function isNewlyStrong(evidence: readonly Evidence[], refused: ReadonlySet<string>): boolean {
  const said = evidence.filter(({ isPublic }) => !isPublic);
  return MATCH_RULES.filter(({ rule }) => isStrong(rule) && rulesOf(said).includes(rule)).some(({ needs }) =>
    said.some(({ kind, key }) => !refused.has(key) && needs.some((kinds) => kinds.includes(kind))),
  );
}

/**
 * Whether two records are one person. Strong evidence attaches; weak evidence asks; "not the same" outweighs all that is weak,
 * and makes of new strong evidence a question. In which order it was found does not matter, and more of it never says less.
 * @param mayAttach false: a person decides whatever speaks for it (an address of several people, two who it could be)
 */
export function weigh(evidence: readonly Evidence[], memory: Memory, mayAttach: boolean): Verdict {
  const rules = rulesOf(evidence);
  const strong = rules.some(isStrong);
  if (rules.length === 0) return { verdict: 'nothing', rules };
  if (memory.apart)
    return { verdict: strong && isNewlyStrong(evidence, memory.refused) ? 'suggest' : 'nothing', rules };
  return { verdict: strong && mayAttach ? 'attach' : 'suggest', rules };
}

/** Both, each once, in one order whichever came first. */
export function joined(one: readonly Evidence[], other: readonly Evidence[]): Evidence[] {
  const byKey = new Map<string, Evidence>();
  // Where it was said in private as well, that counts; else the first that was kept.
  for (const piece of [...one, ...other]) {
    const known = byKey.get(piece.key);
    if (!known || (known.isPublic && !piece.isPublic)) byKey.set(piece.key, piece);
  }
  return [...byKey.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
