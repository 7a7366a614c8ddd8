import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Calendar } from '#contracts';
import { storesQuery } from '../api/queries.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { setStores } from './calendarRequests.js';
import { useCalendarDeed } from './useCalendarDeed.js';
import styles from './Calendars.module.css';

/** Which stores go by it; one goes by one calendar at a time. */
export const StoresForm = ({ calendar }: { calendar: Calendar }) => {
  const { t } = useWords();
  const stores = useQuery(storesQuery).data?.items ?? [];
  const [chosen, setChosen] = useState(() => calendar.stores.map(({ id }) => id));
  const { run, busy, problem } = useCalendarDeed();
  return (
    <form
      className={styles.part}
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => setStores(calendar.id, chosen));
      }}
    >
      <fieldset className={forms.field}>
        <legend>{t('calendars.stores')}</legend>
        <div className={styles.row}>
          {stores.map(({ id, name }) => (
            <label key={id} className={forms.check}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ currentTarget: { checked } }) =>
                  setChosen((held) => (checked ? [...held, id] : held.filter((each) => each !== id)))
                }
              />
              <span>{name}</span>
            </label>
          ))}
          <Button type="submit" size="xs" loading={busy}>
            {t('calendars.stores.save')}
          </Button>
        </div>
      </fieldset>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
    </form>
  );
};
