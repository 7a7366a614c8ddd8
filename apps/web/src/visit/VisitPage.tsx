import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { storesQuery } from '../api/queries.js';
import { Avatar } from '../app/Avatar.js';
import { Mark } from '../app/glyphs.js';
import { useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { useSeat } from '../presence/desk.js';
import { Listen } from './Listen.js';
import { Recognise } from './Recognise.js';
import { useVisitDraft, type SavedVisit } from './visitDraft.js';
import { VisitDone } from './VisitDone.js';
import styles from './VisitPage.module.css';

const STEPS = ['who', 'what', 'done'] as const;
/** The counter: who is here, what is the matter, done. One column, fingers not mice. */
export const VisitPage = () => {
  const { t } = useWords();
  const user = useUser();
  const { draft, change, forget } = useVisitDraft(user.id, user.storeId ?? '');
  const [saved, setSaved] = useState<SavedVisit | null>(null);
  const stores = useQuery(storesQuery).data?.items ?? [];
  const storeId = stores.some(({ id }) => id === draft.storeId) ? draft.storeId : '';
  const store = stores.find(({ id }) => id === storeId);
  const step = saved ? 'done' : draft.found || draft.person ? 'what' : 'who';
  const here = STEPS.indexOf(step);
  useSeat(saved?.answer.caseId ?? draft.found?.openCase?.id ?? null, 'at_counter');

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link to="/inbox" className={styles.mark} aria-label={t('app.inbox')}>
          <Mark size={26} />
        </Link>
        {user.storeId && store ? (
          <b>{store.name}</b>
        ) : (
          <select
            className={styles.store}
            value={storeId}
            aria-label={t('visit.store')}
            onChange={(event) => change({ storeId: event.currentTarget.value })}
          >
            <option value="">{t('visit.choose_store')}</option>
            {stores.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
        <span className={styles.kept}>
          <Check size={16} aria-hidden /> {t('visit.kept')}
        </span>
        <Avatar name={user.displayName} size={28} label={user.displayName} />
      </header>
      <main className={styles.body}>
        <ol className={styles.steps} aria-label={t('visit.steps')}>
          {STEPS.map((name, index) => (
            <li
              key={name}
              data-state={index < here ? 'done' : index === here ? 'now' : undefined}
              aria-current={index === here ? 'step' : undefined}
            >
              {t(`visit.step.${name}`)}
            </li>
          ))}
        </ol>
        <div className={styles.main}>
          {saved ? (
            <VisitDone saved={saved} onNext={() => setSaved(null)} />
          ) : step === 'who' ? (
            <Recognise draft={draft} change={change} />
          ) : (
            <Listen
              draft={{ ...draft, storeId }}
              change={change}
              onSaved={(visit) => {
                setSaved(visit);
                forget();
              }}
            />
          )}
        </div>
      </main>
    </div>
  );
};
