import type { DashboardTile } from '#contracts';

/** What stands behind the question mark of addresses; what makes no sense is left out. */

type Search = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value ? value : typeof value === 'number' ? String(value) : undefined;

export function readId({ id }: Search): { id?: string } {
  return typeof id === 'string' ? { id } : {};
}

export function readQueues({ id, show }: Search): { id?: string; show?: 'people' } {
  return { ...(typeof id === 'string' ? { id } : {}), ...(show === 'people' ? { show } : {}) };
}

export function readIncidents({ state }: Search): { state?: 'resolved' } {
  return state === 'resolved' ? { state } : {};
}

/** Whoever is looked for at the counter. */
export function readLooked(search: Search): { q?: string } {
  const q = text(search['q'])?.trim();
  return q ? { q } : {};
}

const TILES = [
  ...(['paper', 'without_service', 'without_loaner', 'breached'] as const),
  ...(['at_risk', 'update_late', 'handovers', 'escalations'] as const),
] satisfies DashboardTile[];

export function readDashboard({ tile, queue }: Search): { tile?: DashboardTile; queue?: string } {
  const known = TILES.find((each) => each === tile);
  return { ...(known ? { tile: known } : {}), ...(typeof queue === 'string' ? { queue } : {}) };
}

/** A number without quotes is read as one, and a plus as a space. */
export function readPhone(search: Search): { phone?: string } {
  const phone = text(search['phone'])?.trim();
  return phone ? { phone } : {};
}

/** Whom X sends back with a permission that was given, or refused. */
export function readAnswerOfX(search: Search): { connected?: string; refused?: string } {
  const [connected, refused] = [text(search['connected']), text(search['refused'])];
  return { ...(connected ? { connected } : {}), ...(refused ? { refused } : {}) };
}

export const readPhones = ({ show }: Search): { show?: 'warranties' | 'stages' } =>
  show === 'warranties' || show === 'stages' ? { show } : {};

export const readRejects = ({ show }: Search): { show?: 'decided' | 'reviews' | 'suggestions' } =>
  show === 'decided' || show === 'reviews' || show === 'suggestions' ? { show } : {};

/** Where somebody wanted to go before they logged in: a place of ours. */
export const readWayBack = ({ to }: Search): { to?: string } =>
  typeof to === 'string' && /^\/(?!\/)/.test(to) ? { to } : {};
