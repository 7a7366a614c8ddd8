import { CasePlace, type PlacePanel } from '#contracts';
import { useNow } from '../app/now.js';
import { useWords } from '../i18n/Words.js';
import { useSpan } from './useSpan.js';
import styles from './Panels.module.css';

const AGES = [0, 1, 2, 3] as const;
const countOf = ({ ages }: PlacePanel): number => ages.reduce((sum, count) => sum + count, 0);

const Place = ({ place, most }: { place: PlacePanel; most: number }) => {
  const { t, intl } = useWords();
  const now = useNow();
  const span = useSpan();
  const count = countOf(place);
  const [a, b, c, d] = place.ages;
  return (
    <li className={styles.place}>
      <span aria-hidden>{t(`place.${place.place}`)}</span>
      <span className={styles.stripes} aria-hidden>
        {AGES.map((age) =>
          place.ages[age] > 0 ? (
            <i key={age} data-age={age} style={{ width: `${(place.ages[age] / most) * 100}%` }} />
          ) : null,
        )}
      </span>
      <b aria-hidden>{intl.formatNumber(count)}</b>
      <small>{place.oldestAt ? t('panel.places.max', { span: span(place.oldestAt, now) }) : ''}</small>
      <span className="visually-hidden">
        {t('panel.places.sentence', { place: t(`place.${place.place}`), count, a, b, c, d })}
      </span>
    </li>
  );
};

/** Where open cases lie now, and how old they are. */
export const PlacesPanel = ({ places }: { places: PlacePanel[] }) => {
  const { t } = useWords();
  const shown = CasePlace.options.flatMap((name) => places.find(({ place }) => place === name) ?? []);
  const most = Math.max(1, ...shown.map(countOf));
  return (
    <section className={styles.panel} aria-labelledby="panel-places">
      <header>
        <h2 id="panel-places">{t('panel.places')}</h2>
        <small className={styles.legend}>
          {t('panel.places.age')}
          {AGES.map((age) => (
            <span key={age}>
              <i data-age={age} />
              {t(`age.${age}`)}
            </span>
          ))}
        </small>
      </header>
      {shown.length === 0 ? <p className={styles.none}>{t('panel.places.none')}</p> : null}
      <ul className={styles.places}>
        {shown.map((place) => (
          <Place key={place.place} place={place} most={most} />
        ))}
      </ul>
    </section>
  );
};
