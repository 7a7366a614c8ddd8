import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { LoanerOffers, LoanerOffersQuery, LoanerSim, LoanWish } from '#contracts';
import { findCase, NearbyStoresService } from '#cases';
import type { Principal } from '#identity';
import { fitRank, fitsOf, LoanDecisions } from '#loaners';
import { LoanView } from '#views';

/** What can be offered to the customer of a case: the shelves of all stores, nearest first, and whether it fits what they have. */
@Injectable()
export class Offers {
  constructor(
    private readonly nearby: NearbyStoresService,
    private readonly decisions: LoanDecisions,
    private readonly view: LoanView,
  ) {}

  async of(
    tx: EntityManager,
    me: Principal,
    idOrReference: string,
    { storeId, os, sim }: z.infer<typeof LoanerOffersQuery>,
  ): Promise<LoanerOffers> {
    const caseId = await findCase(tx, me, idOrReference);
    const [near, free, device] = [
      await this.nearby.find(tx, me, caseId),
      await this.view.free(tx, storeId ?? null),
      await this.view.deviceOf(tx, caseId),
    ];
    const wish: LoanWish = { os: os ?? device.os, sim: sim ?? simOf(device.sims) };
    const stores = near.items
      .filter(({ id }) => storeId === undefined || id === storeId)
      .map(({ id, name, distanceKm }) => ({
        store: { id, name },
        distanceKm,
        models: free
          .filter((each) => each.storeId === id)
          .map(({ model, loaners }) => ({ model, loaners, fits: fitsOf(model, wish) }))
          .toSorted((a, b) => fitRank(a.fits) - fitRank(b.fits)),
      }));
    return { wish, against: await this.decisions.against(tx, caseId), stores: own(stores, me.storeId) };
  }
}

/** Of a phone that takes one kind of SIM alone, which; of others nobody knows which one is in it. */
function simOf(sims: readonly string[]): LoanerSim | null {
  const kinds: LoanerSim[] = sims.map((sim) => (sim === 'esim' ? 'esim' : 'nano'));
  return new Set(kinds).size === 1 ? (kinds[0] ?? null) : null;
}

/** Where one stands comes first. */
const own = <T extends { store: { id: string } }>(stores: T[], storeId: string | null): T[] =>
  stores.toSorted((a, b) => Number(b.store.id === storeId) - Number(a.store.id === storeId));
