import type { StaffPanel } from '#contracts';
import { Avatar } from '../app/Avatar.js';
import { clock } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import styles from './Panels.module.css';

/** So many are shown; more is a list nobody reads at a glance. */
const SHOWN = 12;

const Person = ({ person }: { person: StaffPanel }) => {
  const { t, intl } = useWords();
  const { load, capacity, displayName } = person;
  const state = t(`staff.${person.state}`, { until: person.until ? clock(intl, person.until) : 'none' });
  const over = load > capacity;
  return (
    <li
      className={styles.person}
      data-off={person.state === 'off' || undefined}
      aria-label={t('panel.people.sentence', { name: displayName, state, load, capacity })}
    >
      <Avatar name={displayName} size={28} />
      <span className={styles.who} aria-hidden>
        <b>{displayName}</b>
        <small>{[state, person.store].filter(Boolean).join(' · ')}</small>
      </span>
      <span className={styles.load} data-over={over || undefined} aria-hidden>
        <b>{intl.formatNumber(load)}</b> / {intl.formatNumber(capacity)}
      </span>
      <span className={styles.bar} aria-hidden>
        <i data-over={over || undefined} style={{ width: `${Math.min(100, (load / Math.max(1, capacity)) * 100)}%` }} />
      </span>
    </li>
  );
};

/** Who is there, what they are doing and how much they have in hand. */
export const PeoplePanel = ({ people }: { people: StaffPanel[] }) => {
  const { t } = useWords();
  const more = people.length - SHOWN;
  return (
    <section className={styles.panel} aria-labelledby="panel-people">
      <header>
        <h2 id="panel-people">{t('panel.people')}</h2>
        <small>{t('panel.people.load')}</small>
      </header>
      {people.length === 0 ? <p className={styles.none}>{t('panel.people.none')}</p> : null}
      <ul className={styles.people}>
        {people.slice(0, SHOWN).map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
      {more > 0 ? <p className={styles.more}>{t('panel.people.more', { count: more })}</p> : null}
    </section>
  );
};
