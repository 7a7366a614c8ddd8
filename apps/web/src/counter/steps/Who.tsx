import { Link } from '@tanstack/react-router';
import { Plus, UserRound } from 'lucide-react';
import { Avatar } from '../../app/Avatar.js';
import { useWords } from '../../i18n/Words.js';
import { useField, useGates, useValues } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import pieces from '../pieces/Pieces.module.css';
import { ReachFields } from '../who/ReachFields.js';
import { StoryLines } from '../who/StoryLines.js';
import { StepTitle } from './StepTitle.js';
import styles from '../Counter.module.css';

/** Somebody we do not know yet: a name, and at least one way to reach them. */
const NewPerson = () => {
  const { t } = useWords();
  const [person, write] = useField('who.person');
  const held = person ?? { displayName: '' };
  return (
    <>
      <label className={pieces.field}>
        <span className={pieces.label}>{t('visit.name')}</span>
        <input
          value={held.displayName}
          autoComplete="off"
          maxLength={200}
          onChange={(event) => write({ ...held, displayName: event.currentTarget.value })}
        />
      </label>
      <p className={pieces.label}>{t('visit.reach')}</p>
      <ReachFields reach={held} onChange={(part) => write({ ...held, ...part })} />
    </>
  );
};

/** Somebody we know, and other ways to reach them if they have some. */
const Known = () => {
  const { t } = useWords();
  const { name, detail } = useWho();
  const reference = useValues()['who.caseReference'];
  const [added, write] = useField('who.addContacts');
  return (
    <>
      <section className={styles.card}>
        <div className={styles.deeds}>
          {name ? <Avatar name={name} size={40} /> : <UserRound size={24} aria-hidden />}
          <span className={styles.grow}>
            <b>{name ?? t('counter.somebody')}</b>
            <br />
            {reference ?? t('visit.no_case')}
          </span>
        </div>
        {detail ? <StoryLines detail={detail} /> : null}
      </section>
      {added ? (
        <div className={styles.stack}>
          <p className={pieces.label}>{t('visit.added_reach')}</p>
          <ReachFields reach={added} onChange={(part) => write({ ...added, ...part })} />
        </div>
      ) : (
        <button type="button" className={pieces.waive} onClick={() => write({})}>
          <Plus size={20} aria-hidden /> {t('visit.add_reach')}
        </button>
      )}
    </>
  );
};

/** Step 0, once it is known whose intake this is. */
export const Who = () => {
  const { t } = useWords();
  const values = useValues();
  const isNew = values['who.person'] != null || !(values['who.customerId'] ?? values['who.caseReference']);
  const missing = useGates().some(({ step }) => step === 'who');
  return (
    <>
      <StepTitle
        title={t('visit.title')}
        {...(isNew ? { lead: t(missing ? 'visit.new.lead_missing' : 'visit.new') } : {})}
      />
      {isNew ? <NewPerson /> : <Known />}
      <p>
        <Link to="/visit">{t('visit.change_person')}</Link>
      </p>
    </>
  );
};
