import type { Loaner } from '#contracts';

/** The parts of a store's board, in the order they are looked at. */
export const PARTS = ['overdue', 'pick_up', 'hygiene', 'coming', 'available', 'out', 'away'] as const;
export type Part = (typeof PARTS)[number];

/** Where a loaner of the store stands on its board. What is late through us stands with those that are out. */
export function partOf({ state, loan }: Pick<Loaner, 'state' | 'loan'>): Part | null {
  switch (state) {
    case 'available':
      return 'available';
    case 'reserved':
      return 'pick_up';
    case 'on_loan':
      return loan?.fault === 'customer' ? 'overdue' : 'out';
    case 'hygiene':
      return 'hygiene';
    case 'in_transfer':
    case 'in_repair':
      return 'away';
    case 'lost':
    case 'retired':
      return null;
  }
}

/** What is to be done first comes first: what ends soonest, then by label. */
const endOf = ({ loan }: Loaner): string => loan?.keepUntil ?? loan?.dueAt ?? '';

export function partsOf(items: readonly Loaner[], coming: readonly Loaner[]): Record<Part, Loaner[]> {
  const parts: Record<Part, Loaner[]> = {
    ...{ overdue: [], pick_up: [], hygiene: [], coming: [...coming], available: [], out: [], away: [] },
  };
  for (const loaner of items) {
    const part = partOf(loaner);
    if (part) parts[part].push(loaner);
  }
  for (const part of PARTS)
    parts[part].sort((a, b) => endOf(a).localeCompare(endOf(b)) || a.label.localeCompare(b.label));
  return parts;
}
