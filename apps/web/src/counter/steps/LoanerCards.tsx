import { CardSim, Check, Info, MapPin, Smartphone, TriangleAlert, UserCheck } from 'lucide-react';
import { useWords } from '../../i18n/Words.js';
import type { LoanerCard, NearbyShelf } from '../loaners.js';
import styles from './Keep.module.css';

interface Props {
  cards: readonly LoanerCard[];
  chosen: string | null | undefined;
  nearby: readonly NearbyShelf[];
  onChoose: (id: string) => void;
}

/** The outline of a phone, for every model the same. */
const Picture = () => (
  <svg viewBox="0 0 60 120" width="54" height="108" aria-hidden>
    <rect x="2" y="2" width="56" height="116" rx="10" className={styles.body} />
    <rect x="24" y="8" width="12" height="3" rx="1.5" className={styles.dark} />
    <rect x="10" y="24" width="40" height="6" rx="3" className={styles.light} />
    <rect x="10" y="36" width="26" height="6" rx="3" className={styles.light} />
    {[0, 1, 2, 3, 4, 5].map((index) => (
      <rect
        key={index}
        x={10 + (index % 3) * 14}
        y={74 + Math.floor(index / 3) * 16}
        width="11"
        height="11"
        rx="3"
        className={styles.light}
      />
    ))}
  </svg>
);

const Facts = ({ card }: { card: LoanerCard }) => {
  const { t, intl } = useWords();
  const { model, note, theirs, fits } = card;
  const sims = model.sims.map((sim) => (sim === 'esim' ? 'eSIM' : 'SIM'));
  return (
    <ul>
      <li>
        <CardSim size={16} aria-hidden /> {intl.formatList(sims.toSorted().reverse())}
      </li>
      <li>
        <Smartphone size={16} aria-hidden /> {t(`keep.os.${model.os}`)} · {t('keep.grade', { grade: card.grade })}
      </li>
      {fits.map((code) => (
        <li key={code} data-warning>
          <TriangleAlert size={16} aria-hidden /> {t(code === 'sim_other' ? 'keep.fit.sim_other' : 'keep.fit.os_other')}
        </li>
      ))}
      {note ? (
        <li>
          <Info size={16} aria-hidden /> {note}
        </li>
      ) : null}
      {theirs ? (
        <li>
          <UserCheck size={16} aria-hidden /> {t('keep.reserved_for')}
        </li>
      ) : null}
    </ul>
  );
};

/** What lies on the shelf, to be chosen with a tap. */
export const LoanerCards = ({ cards, nearby, chosen, onChoose }: Props) => {
  const { t, intl } = useWords();
  return (
    <fieldset className={styles.shelf}>
      <legend>{t('keep.free')}</legend>
      {cards.length === 0 ? <p className={styles.nothing}>{t('keep.nothing')}</p> : null}
      <div className={styles.cards}>
        {cards.map((card) => (
          <label key={card.id} className={styles.loaner} data-on={card.id === chosen || undefined}>
            <input type="radio" name="loaner" checked={card.id === chosen} onChange={() => onChoose(card.id)} />
            <span className={styles.picture}>
              <Picture />
              {card.id === chosen ? (
                <span className={styles.tick}>
                  <Check size={16} strokeWidth={3} aria-hidden />
                </span>
              ) : null}
            </span>
            <b>
              {card.model.brand} {card.model.name} {card.theirs ? <em>{t('keep.reserved')}</em> : null}
            </b>
            <small>
              {card.label} · {t('keep.here')}
            </small>
            <Facts card={card} />
          </label>
        ))}
      </div>
      {nearby.length > 0 ? (
        <div className={styles.nearby}>
          <h3>{t('keep.elsewhere')}</h3>
          <ul>
            {nearby.map(({ id, name, distanceKm, models }) => (
              <li key={id}>
                <MapPin size={16} aria-hidden />
                <span>
                  <b>{name}</b>
                  {distanceKm === null
                    ? null
                    : ` · ${intl.formatNumber(distanceKm, { style: 'unit', unit: 'kilometer', maximumFractionDigits: 1 })}`}
                  {` · ${intl.formatList(models)}`}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </fieldset>
  );
};
