import type { DashboardTile } from '#contracts';

/** How a figure is read: what its colour is, and what the moment beside its rows means. */

/** Worst colours first: red where a word was broken, amber where somebody has to act. Without any, a figure is ink. */
export const TILE_LOOKS: Record<DashboardTile, 'paper' | 'plain' | 'due' | 'breached'> = {
  paper: 'paper',
  without_service: 'plain',
  without_loaner: 'due',
  breached: 'breached',
  at_risk: 'due',
  update_late: 'breached',
  handovers: 'due',
  escalations: 'due',
};

/** `since`: it began then · `late`: it was due then · `by`: it is due then. */
export const TILE_MOMENTS: Record<DashboardTile, 'since' | 'late' | 'by'> = {
  paper: 'since',
  without_service: 'since',
  without_loaner: 'since',
  breached: 'late',
  at_risk: 'by',
  update_late: 'late',
  handovers: 'since',
  escalations: 'since',
};

/** What somebody is called in a narrow place: "Lucía Ferrer" → Lucía; a handle or an address stays whole. */
export const shortName = (displayName: string): string => displayName.trim().split(/\s+/u)[0] ?? displayName;
