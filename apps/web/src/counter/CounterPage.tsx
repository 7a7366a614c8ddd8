import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Store } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { useBeginning } from './beginning.js';
import { CounterHead } from './CounterHead.js';
import { useShop } from './shop.js';
import { StoreBoard } from './StoreBoard.js';
import { Recognise } from './who/Recognise.js';
import styles from './Counter.module.css';

/** The counter, between two people: the box for whoever comes next, and the day of this shop. */
export const CounterPage = () => {
  const { t } = useWords();
  const { q } = useSearch({ from: '/inside/visit' });
  // Whoever was looked for in the address bar is looked for in the box; what is typed stays here.
  return <Counter key={q ?? ''} first={q ?? ''} title={t('app.visit')} />;
};

interface ChooseProps {
  stores: readonly Pick<Store, 'id' | 'name'>[];
  onChoose: (id: string) => void;
}

/** Whoever belongs to no shop says once in which one this is. */
const ChooseShop = ({ stores, onChoose }: ChooseProps) => {
  const { t } = useWords();
  return (
    <section className={styles.shops} aria-label={t('visit.choose_store')}>
      <h2>{t('visit.choose_store')}</h2>
      <p>{t('visit.need_store')}</p>
      <div className={styles.deeds}>
        {stores.map(({ id, name }) => (
          <button key={id} type="button" className={styles.secondary} onClick={() => onChoose(id)}>
            {name}
          </button>
        ))}
      </div>
    </section>
  );
};

const Counter = ({ first, title }: { first: string; title: string }) => {
  const { t } = useWords();
  const navigate = useNavigate();
  const { store, stores, fixed, choose } = useShop();
  const [looked, setLooked] = useState(first);
  const { beginKnown, beginNew } = useBeginning(store);
  const look = (text: string) => {
    setLooked(text);
    if (first && text === '') void navigate({ to: '/visit', replace: true });
  };
  return (
    <div className={styles.page}>
      <CounterHead
        shop={
          fixed ? (
            <b>{store?.name}</b>
          ) : (
            <select
              className={styles.store}
              value={store?.id ?? ''}
              aria-label={t('visit.store')}
              onChange={(event) => choose(event.currentTarget.value)}
            >
              <option value="">{t('visit.choose_store')}</option>
              {stores.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )
        }
      />
      <main className={styles.body} aria-label={title}>
        <div className={styles.main}>
          <Recognise
            looked={looked}
            onLook={look}
            onKnown={(customer, kind, detail) => beginKnown(customer, kind, detail, looked)}
            onNew={beginNew}
          />
          {store ? (
            looked.trim().length >= 2 ? null : (
              <StoreBoard storeId={store.id} />
            )
          ) : (
            <ChooseShop stores={stores} onChoose={choose} />
          )}
        </div>
      </main>
    </div>
  );
};
