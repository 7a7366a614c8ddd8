import { STRONG_RULES, type Evidence, type EvidenceKind, type MatchRule } from './matching.js';

/** What only their holder and we know of somebody, beside the code of a case. */
const FACTS: readonly EvidenceKind[] = ['imei', 'phone', 'line', 'email', 'customer_number', 'document'];

/** Strongest first. Each says which evidence it rests on; none when that is not there. */
export const MATCH_RULES: readonly { rule: MatchRule; needs: readonly (readonly EvidenceKind[])[] }[] = [
  { rule: 'signed_link', needs: [['signed_link']] },
  { rule: 'one_time_code', needs: [['one_time_code']] },
  { rule: 'imei_and_name', needs: [['imei'], ['name']] },
  { rule: 'case_code_and_fact', needs: [['case_code'], FACTS] },
  { rule: 'case_code', needs: [['case_code']] },
  { rule: 'identifier', needs: [FACTS] },
  { rule: 'weak_code', needs: [['weak_code']] },
  { rule: 'name_and_city', needs: [['name'], ['city']] },
  { rule: 'alike', needs: [['alike']] },
  { rule: 'shared_address', needs: [['shared_address']] },
];

const STRONG: readonly MatchRule[] = STRONG_RULES;
export const isStrong = (rule: MatchRule): boolean => STRONG.includes(rule);

/** The rules that hold. What everybody could read supports no strong one: whoever read it can repeat it. */
export function rulesOf(evidence: readonly Evidence[]): MatchRule[] {
  const holds = (kinds: readonly EvidenceKind[], strong: boolean) =>
    evidence.some(({ kind, isPublic }) => kinds.includes(kind) && !(strong && isPublic));
  return MATCH_RULES.filter(({ rule, needs }) => needs.every((kinds) => holds(kinds, isStrong(rule)))).map(
    ({ rule }) => rule,
  );
}
