import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Store } from '#contracts';
import { storesQuery } from '../api/queries.js';
import { useUser } from '../app/session.js';
import { lastShops, rememberShops } from '../offline/here.js';

const CHOSEN = 'hilo.counter.store';

/** The shop one stands in: one's own, else the one chosen on this tablet. */
export const useShop = (): { store: Store | null; stores: Store[]; fixed: boolean; choose: (id: string) => void } => {
  const user = useUser();
  const [chosen, setChosen] = useState(() => localStorage.getItem(CHOSEN));
  const told = useQuery(storesQuery).data?.items;
  useEffect(() => {
    if (told) rememberShops(told);
  }, [told]);
  const [last] = useState(lastShops);
  const stores = told ?? last;
  const storeId = user.storeId ?? chosen;
  const store = stores.find(({ id }) => id === storeId) ?? null;
  const choose = (id: string) => {
    localStorage.setItem(CHOSEN, id);
    setChosen(id);
  };
  return { store, stores, fixed: user.storeId !== null && store !== null, choose };
};
