import { queryOptions } from '@tanstack/react-query';
import type { Loaner, LoanerGrade, LoanerOffers, LoanerSettings, StoreLoaners } from '#contracts';
import { request } from '../api/http.js';

/** The shelf of a shop, with what is kept on it for whom. */
export const shelfQuery = (storeId: string) =>
  queryOptions({
    queryKey: ['loaners', storeId],
    queryFn: ({ signal }) => request<StoreLoaners>('GET', `/stores/${storeId}/loaners`, { signal }),
    enabled: storeId !== '',
    staleTime: 15_000,
  });

/** What other shops have for this customer, nearest first. */
export const offersQuery = (caseId: string | undefined, storeId: string) =>
  queryOptions({
    queryKey: ['loaner-offers', caseId, storeId],
    queryFn: ({ signal }) =>
      request<LoanerOffers>('GET', `/cases/${caseId ?? ''}/loaner-offers`, { query: { storeId }, signal }),
    enabled: caseId !== undefined && storeId !== '',
    staleTime: 30_000,
  });

/** To whom nothing is lent, and what is signed. */
export const loanerSettingsQuery = queryOptions({
  queryKey: ['loaner-settings'],
  queryFn: ({ signal }) => request<LoanerSettings>('GET', '/loaner-settings', { signal }),
  staleTime: 5 * 60_000,
});

/** A phone that can be lent, as its card shows it. */
export interface LoanerCard {
  id: string;
  label: string;
  model: Loaner['model'];
  grade: LoanerGrade;
  note: string | null;
  /** Kept for the person who is here. */
  theirs: boolean;
  fits: readonly string[];
}

/** What lies on the shelf here; first what is kept for whoever is here. */
export const cardsOf = (
  shelf: StoreLoaners | undefined,
  offers: LoanerOffers | undefined,
  reference: string | undefined,
): LoanerCard[] => {
  const models = (offers?.stores ?? []).flatMap(({ models: offered }) => offered);
  const fitsOf = (modelId: string) =>
    models.find(({ model }) => model.id === modelId)?.fits.flatMap(({ code, ok }) => (ok === false ? [code] : [])) ??
    [];
  return (shelf?.items ?? [])
    .flatMap((loaner): LoanerCard[] => {
      const theirs = loaner.state === 'reserved' && reference !== undefined && loaner.loan?.reference === reference;
      if (!theirs && loaner.state !== 'available') return [];
      const { id, label, model, grade, note } = loaner;
      return [{ id, label, model, grade, note, theirs, fits: fitsOf(model.id) }];
    })
    .toSorted((one, other) => Number(other.theirs) - Number(one.theirs));
};

export interface NearbyShelf {
  id: string;
  name: string;
  distanceKm: number | null;
  models: string[];
}
const NEARBY_MOST = 3;

/** Where others lie, nearest first: to be told of, as what is lent here has to be here. */
export const nearbyOf = (offers: LoanerOffers | undefined, storeId: string): NearbyShelf[] =>
  (offers?.stores ?? [])
    .filter(({ store, models }) => store.id !== storeId && models.some(({ loaners }) => loaners.length > 0))
    .slice(0, NEARBY_MOST)
    .map(({ store, distanceKm, models }) => ({
      ...{ id: store.id, name: store.name, distanceKm },
      models: models.filter(({ loaners }) => loaners.length > 0).map(({ model }) => `${model.brand} ${model.name}`),
    }));
