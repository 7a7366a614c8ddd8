import { openingText, waitingText, type NearbyStores } from '#contracts';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';
import styles from './Ownership.module.css';

interface Props {
  nearby: NearbyStores;
  /** Where a phone is kept for them. */
  keeper: string | undefined;
  chosen: string | null;
  typed: string;
  onType: (typed: string) => void;
  onChoose: (storeId: string) => void;
}

/** The stores nearest first: how far, whether open, how full. */
export const StoreChoice = ({ nearby, keeper, chosen, typed, onType, onChoose }: Props) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { near, nearBy, items } = nearby;
  return (
    <>
      <label className={forms.field}>
        <span>{t('redirect.near')}</span>
        <input
          value={typed}
          maxLength={80}
          data-autofocus
          placeholder={t('redirect.near.example')}
          onChange={(event) => onType(event.currentTarget.value)}
        />
        <small role="status">
          {near && nearBy
            ? t('redirect.near.by', { near, by: nearBy })
            : t(typed ? 'redirect.near.unknown' : 'redirect.near.nothing')}
        </small>
      </label>
      <fieldset className={forms.field}>
        <legend>{t('redirect.store')}</legend>
        <div className={styles.stores}>
          {items.map((store) => {
            const open = openingText(store, language);
            const facts = [open ?? t('redirect.hours_unknown'), waitingText(store, language)].filter(Boolean).join(' ');
            return (
              <label key={store.id} className={styles.store}>
                <input
                  type="radio"
                  name="store"
                  checked={store.id === chosen}
                  disabled={open === null || store.mapUrl === null}
                  onChange={() => onChoose(store.id)}
                />
                <b>{store.name}</b>
                <span className={styles.km}>
                  {store.distanceKm === null
                    ? null
                    : intl.formatNumber(store.distanceKm, {
                        style: 'unit',
                        unit: 'kilometer',
                        maximumFractionDigits: 1,
                      })}
                </span>
                <small>
                  {store.address}, {store.city} · {facts}
                </small>
                {store.id === keeper ? <small data-kept>{t('redirect.kept')}</small> : null}
              </label>
            );
          })}
        </div>
      </fieldset>
    </>
  );
};
