import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';
import { holidayPlacesQuery, proposeHolidays } from './calendarRequests.js';
import { useCalendarDeed } from './useCalendarDeed.js';
import styles from './Calendars.module.css';

interface Props {
  calendarId: string;
  today: string;
}

/** Looks up the holidays of a country or region; they are proposed, none counts yet. */
export const HolidayImport = ({ calendarId, today }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const [country, setCountry] = useState('ES');
  const [region, setRegion] = useState('');
  const [year, setYear] = useState(today.slice(0, 4));
  const countries = useQuery(holidayPlacesQuery(language)).data?.items ?? [];
  const regions = useQuery(holidayPlacesQuery(language, country)).data?.items ?? [];
  const { run, busy, problem } = useCalendarDeed();
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => proposeHolidays(calendarId, { country, region: region || null, year: Number(year) }));
      }}
    >
      <label className={forms.field}>
        <span>{t('calendars.country')}</span>
        <select
          value={country}
          onChange={({ currentTarget: { value } }) => {
            setCountry(value);
            setRegion('');
          }}
        >
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('calendars.region')}</span>
        <select value={region} onChange={({ currentTarget: { value } }) => setRegion(value)}>
          <option value="">{t('calendars.region.all')}</option>
          {regions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('calendars.year')}</span>
        <input type="number" value={year} onChange={({ currentTarget: { value } }) => setYear(value)} />
      </label>
      <Button type="submit" loading={busy}>
        {t('calendars.holidays')}
      </Button>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
    </form>
  );
};
