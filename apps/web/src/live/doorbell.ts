import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { CaseChanged, CaseDetail, CasePage, CaseRow } from '#contracts';
import { readCase } from '../api/requests.js';
import { refreshParcels, tellsOfParcels } from '../custody/parcelsBell.js';
import { refreshHandoffs, tellsOfHandoffs } from '../handoff/handoffsBell.js';
import { refreshOwnership, tellsOfHands } from '../ownership/ownershipBell.js';
import { attention } from './attention.js';

/** What the doorbell does to what the browser holds: the socket says what changed, REST says what it is. */

type Lists = InfiniteData<CasePage, string | null>;

/** What the doorbell keeps in step. */
const RUNG = [
  'cases',
  'counts',
  'case',
  'timeline',
  'health',
  'notifications',
  'dashboard',
  'identity',
  'proof',
  'ownership',
  'handovers',
  'on-their-way',
  'incidents',
  'handoffs',
  'custody',
  'parcels',
];

/**
 * Waits for what is being read for the first time: that may be from before what is told now, and asking again would join it. What is
 * asked after this is not.
 */
export const firstAnswers = (client: QueryClient): Promise<unknown> =>
  Promise.allSettled(
    client
      .getQueryCache()
      .findAll({ fetchStatus: 'fetching' })
      .filter(({ queryKey: [name], state }) => state.data === undefined && RUNG.includes(String(name)))
      .map((query) => query.fetch()),
  );

/** The version of an opened case; null when it is not held. */
const detailVersion = (client: QueryClient, caseId: string): number | null => {
  const details = client.getQueriesData<CaseDetail>({ queryKey: ['case'] });
  return details.find(([, detail]) => detail?.id === caseId)?.[1]?.version ?? null;
};

/** The lowest version of a case among the lists that show it; null when none does. */
const rowVersion = (client: QueryClient, caseId: string): number | null => {
  const versions = client
    .getQueriesData<Lists>({ queryKey: ['cases'] })
    .flatMap(([, lists]) => lists?.pages ?? [])
    .flatMap((page) => page.items)
    .filter(({ id }) => id === caseId)
    .map(({ version }) => version);
  return versions.length > 0 ? Math.min(...versions) : null;
};

/** Puts a newer row where the old one stands, in every list that has it; never moves it. */
export const placeRow = (client: QueryClient, row: CaseRow): void => {
  client.setQueriesData<Lists>({ queryKey: ['cases'] }, (lists) => {
    if (!lists?.pages.some((page) => page.items.some(({ id }) => id === row.id))) return lists;
    const pages = lists.pages.map((page) => ({
      ...page,
      items: page.items.map((held) => (held.id === row.id && held.version <= row.version ? { ...held, ...row } : held)),
    }));
    return { ...lists, pages };
  });
};

const refreshOpened = async (client: QueryClient, caseId: string): Promise<void> => {
  await Promise.all([
    client.invalidateQueries({
      queryKey: ['case'],
      predicate: (query) => (query.state.data as CaseDetail | undefined)?.id === caseId,
    }),
    client.invalidateQueries({ queryKey: ['timeline', caseId] }),
  ]);
};

/** What changes who somebody is, or how far that is proven; a message may prove it by itself. */
const WHO = /^(?:contact_point|proof|one_time_code|customer|entry|interaction\.received)/u;
const tellsOfThem = ({ types }: CaseChanged): boolean => types.some((type) => WHO.test(type));

const refreshWho = async (client: QueryClient, caseId: string): Promise<void> => {
  await Promise.all(['identity', 'proof'].map((name) => client.invalidateQueries({ queryKey: [name, caseId] })));
};

const refreshRowsInPlace = async (client: QueryClient, changed: CaseChanged[]): Promise<void> => {
  const rows = changed.filter(({ caseId }) => rowVersion(client, caseId) !== null).slice(0, 20);
  await Promise.all(rows.map(async ({ caseId }) => placeRow(client, await readCase(caseId))));
};

const refreshLists = async (client: QueryClient, changed: CaseChanged[]): Promise<void> => {
  if (changed.length === 0) return;
  const counts = client.invalidateQueries({ queryKey: ['counts'] });
  if (attention.now().pointing !== 'cases') {
    await Promise.all([counts, client.invalidateQueries({ queryKey: ['cases'] })]);
    return;
  }
  attention.hold(changed.map(({ caseId }) => caseId));
  await Promise.all([counts, refreshRowsInPlace(client, changed)]);
};

/** Refreshes what a batch of changes touches, skipping versions already held. */
export const refresh = async (client: QueryClient, batch: CaseChanged[]): Promise<void> => {
  await firstAnswers(client);
  const opened = batch.filter(({ caseId, version }) => (detailVersion(client, caseId) ?? version) < version);
  const listed = batch.filter(({ caseId, version }) => (rowVersion(client, caseId) ?? -1) < version);
  await Promise.allSettled([
    ...opened.map(({ caseId }) => refreshOpened(client, caseId)),
    ...opened.filter(tellsOfThem).map(({ caseId }) => refreshWho(client, caseId)),
    ...(batch.some(tellsOfHands) ? [refreshOwnership(client)] : []),
    refreshHandoffs(client, batch.filter(tellsOfHandoffs)),
    ...(batch.some(tellsOfParcels) ? [refreshParcels(client)] : []),
    refreshLists(client, listed),
  ]);
};

/** Whatever was read before it connected may have changed unheard: everything on the screen is asked again. */
export const refreshAll = async (client: QueryClient): Promise<void> => {
  attention.release();
  await firstAnswers(client);
  await Promise.all(RUNG.map((name) => client.invalidateQueries({ queryKey: [name] })));
};
