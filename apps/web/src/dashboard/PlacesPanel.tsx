import { CasePlace, RepairHolder, type PhonePanel, type PlacePanel } from '#contracts';
import { useNow } from '../app/now.js';
import { useWords } from '../i18n/Words.js';
import { useSpan } from './useSpan.js';
import styles from './Panels.module.css';

const AGES = [0, 1, 2, 3] as const;
type Ages = PlacePanel['ages'];
const countOf = ({ ages }: { ages: Ages }): number => ages.reduce((sum, count) => sum + count, 0);

interface RowProps {
  name: string;
  /** Of what is counted, said under its name. */
  more?: string;
  row: { ages: Ages; oldestAt: string | null };
  most: number;
}

const Row = ({ name, more, row, most }: RowProps) => {
  const { t, intl } = useWords();
  const now = useNow();
  const span = useSpan();
  const count = countOf(row);
  const [a, b, c, d] = row.ages;
  return (
    <li className={styles.place} title={more}>
      <span aria-hidden>{name}</span>
      <span className={styles.stripes} aria-hidden>
        {AGES.map((age) =>
          row.ages[age] > 0 ? (
            <i key={age} data-age={age} style={{ width: `${(row.ages[age] / most) * 100}%` }} />
          ) : null,
        )}
      </span>
      <b aria-hidden>{intl.formatNumber(count)}</b>
      <small>{row.oldestAt ? t('panel.places.max', { span: span(row.oldestAt, now) }) : ''}</small>
      <span className="visually-hidden">
        {t('panel.places.sentence', { place: name, count, a, b, c, d })} {more}
      </span>
    </li>
  );
};

/** Who has the phones that are in repair, and how far each is. */
const Phones = ({ phones }: { phones: PhonePanel[] }) => {
  const { t } = useWords();
  const most = Math.max(1, ...phones.map(countOf));
  if (phones.length === 0) return null;
  return (
    <>
      <h3 className={styles.sub}>{t('panel.phones')}</h3>
      <ul className={styles.places}>
        {RepairHolder.options
          .flatMap((holder) => phones.find((phone) => phone.holder === holder) ?? [])
          .map((phone) => (
            <Row
              key={phone.holder}
              name={t(`panel.phones.${phone.holder}`)}
              more={phone.stages.map(({ stage, count }) => `${t(`repair.stage.${stage}`)}: ${count}`).join(' · ')}
              row={phone}
              most={most}
            />
          ))}
      </ul>
    </>
  );
};

/** Where open cases lie now, and the phones in repair; how old they are. */
export const PlacesPanel = ({ places, phones }: { places: PlacePanel[]; phones: PhonePanel[] }) => {
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
          <Row key={place.place} name={t(`place.${place.place}`)} row={place} most={most} />
        ))}
      </ul>
      <Phones phones={phones} />
    </section>
  );
};
