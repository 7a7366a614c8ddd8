import { maskOf, type Comparison, type Evidence, type EvidenceKind, type IdentifierKind } from '#contracts';

/** What a record is known by today, as it may be shown. */
export interface Known {
  displayName: string;
  points: { kind: IdentifierKind; display: string }[];
}

/** Where a piece of evidence was said. */
export type Place = NonNullable<Comparison['said']>;

/** Kinds of which two people usually have different ones, so that a difference says something. */
const COMPARED: readonly IdentifierKind[] = ['twitter', 'email', 'phone', 'document', 'imei'];

const written = ({ points }: Known, kind: IdentifierKind): string | null => {
  const own = points.filter((point) => point.kind === kind).map(({ display }) => maskOf(kind, display));
  return own.length > 0 ? own.join(', ') : null;
};

/** What speaks for it comes first, what says nothing last. */
const ORDER: Record<Comparison['verdict'], number> = { same: 0, alike: 0, different: 1, unknown: 2 };

const IS_ALIKE: readonly EvidenceKind[] = ['alike'];

/**
 * Both records side by side: first what speaks for it, each piece where it was said; then what each has of a kind and the other
 * has otherwise. What only one of them has says nothing, but for an address they write by.
 */
export function compare(
  newcomer: Known,
  known: Known,
  evidence: readonly Evidence[],
  placeOf: (entryId: string) => Place | null,
): Comparison[] {
  const name = evidence.some(({ kind }) => kind === 'name');
  const pieces = evidence.map(({ kind, newcomer: mine, known: theirs, entryId }): Comparison => ({
    attribute: kind,
    newcomer: mine,
    known: theirs,
    verdict: IS_ALIKE.includes(kind) ? 'alike' : 'same',
    said: entryId === null ? null : placeOf(entryId),
  }));
  const names: Comparison[] = name
    ? []
    : [
        {
          attribute: 'name',
          newcomer: newcomer.displayName,
          known: known.displayName,
          verdict: newcomer.displayName === known.displayName ? 'same' : 'different',
          said: null,
        },
      ];
  const shown = new Set(pieces.map(({ attribute }) => attribute));
  const others = COMPARED.filter((kind) => !shown.has(kind)).flatMap((kind): Comparison[] => {
    const [mine, theirs] = [written(newcomer, kind), written(known, kind)];
    if (mine === null && theirs === null) return [];
    const verdict = mine === null || theirs === null ? ('unknown' as const) : ('different' as const);
    return [{ attribute: kind, newcomer: mine, known: theirs, verdict, said: null }];
  });
  return [...pieces, ...names, ...others].toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
}
