import { Check, CircleHelp, X } from 'lucide-react';
import type { LoanerFit, LoanerOffers } from '#contracts';
import { Bone } from '../app/Bone.js';
import { useWords } from '../i18n/Words.js';
import { nameOf } from './loanWords.js';
import styles from './Loans.module.css';

const Fits = ({ fits }: { fits: readonly LoanerFit[] }) => {
  const { t } = useWords();
  return (
    <span className={styles.fits}>
      {fits.map(({ code, ok }) => {
        const Glyph = ok === null ? CircleHelp : ok ? Check : X;
        return (
          <span key={code} data-ok={ok ?? 'unknown'}>
            <Glyph size={12} aria-hidden /> {t(`loan.fit.${code}`)}
          </span>
        );
      })}
    </span>
  );
};

interface Props {
  offers: LoanerOffers | undefined;
  chosen: { storeId: string; modelId: string } | null;
  onChoose: (chosen: { storeId: string; modelId: string }) => void;
}

/** What is on the shelves, nearest store first: how many of each model, and why it fits or does not. */
export const Shelves = ({ offers, chosen, onChoose }: Props) => {
  const { t, intl } = useWords();
  if (!offers) return <Bone width="100%" height={120} />;
  const stocked = offers.stores.filter(({ models }) => models.length > 0);
  if (stocked.length === 0) return <p className={styles.none}>{t('loan.shelves.empty')}</p>;
  return (
    <div className={styles.shelves} role="radiogroup" aria-label={t('loan.which')}>
      {stocked.map(({ store, distanceKm, models }) => (
        <div key={store.id} role="group" aria-label={store.name}>
          <p className={styles.shelf}>
            {store.name}
            {distanceKm === null ? null : (
              <small>
                {intl.formatNumber(distanceKm, { style: 'unit', unit: 'kilometer', maximumFractionDigits: 1 })}
              </small>
            )}
          </p>
          {models.map(({ model, loaners, fits }) => (
            <label key={model.id} className={styles.model}>
              <input
                type="radio"
                name="model"
                checked={chosen?.storeId === store.id && chosen.modelId === model.id}
                onChange={() => onChoose({ storeId: store.id, modelId: model.id })}
              />
              <b>{nameOf(model)}</b>
              <span className={styles.count}>{t('loan.free', { count: loaners.length })}</span>
              <Fits fits={fits} />
            </label>
          ))}
        </div>
      ))}
    </div>
  );
};
