import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Calendar, CalendarException } from '#contracts';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { removeDay, reviewHolidays, setDay } from './calendarRequests.js';
import { dateText } from './days.js';
import { HolidayImport } from './HolidayImport.js';
import { useCalendarDeed } from './useCalendarDeed.js';
import { spansOf, spansText } from './week.rules.js';
import styles from './Calendars.module.css';

interface Props {
  calendar: Calendar;
  today: string;
  edits: boolean;
}

interface DayProps {
  day: CalendarException;
  deeds: { label: string; run: () => unknown }[];
}

const Day = ({ day, deeds }: DayProps) => {
  const { t, intl } = useWords();
  const date = dateText(intl, day.date);
  return (
    <li data-state={day.state}>
      <div>
        <b>{date}</b>
        <small>
          {[day.name, day.state === 'dismissed' ? t('calendars.usual') : spansText(day.spans) || t('calendars.closed')]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      {deeds.map(({ label, run }) => (
        <Button key={label} size="xs" aria-label={`${label}: ${date}`} onClick={run}>
          {label}
        </Button>
      ))}
    </li>
  );
};

/** One day with hours of its own. */
const AddDay = ({ calendar, today }: Omit<Props, 'edits'>) => {
  const { t } = useWords();
  const [date, setDate] = useState('');
  const [hours, setHours] = useState('');
  const [name, setName] = useState('');
  const { run, busy, problem, setProblem } = useCalendarDeed();
  const add = async () => {
    const spans = spansOf(hours);
    if (!spans || !date) return setProblem(t('calendars.unread'));
    if (await run(() => setDay(calendar.id, date, { spans, name: name.trim() || null }))) setHours('');
  };
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label className={forms.field}>
        <span>{t('calendars.day')}</span>
        <input type="date" min={today} value={date} onChange={({ currentTarget: { value } }) => setDate(value)} />
      </label>
      <label className={forms.field}>
        <span>{t('calendars.day.hours')}</span>
        <input
          value={hours}
          placeholder={t('calendars.closed')}
          onChange={({ currentTarget: { value } }) => setHours(value)}
        />
      </label>
      <label className={forms.field}>
        <span>{t('calendars.day.name')}</span>
        <input value={name} maxLength={120} onChange={({ currentTarget: { value } }) => setName(value)} />
      </label>
      <Button type="submit" loading={busy}>
        {t('calendars.day.add')}
      </Button>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
    </form>
  );
};

/** Days that are not as the week says; holidays count once somebody has looked at them. */
export const SpecialDays = ({ calendar, today, edits }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useCalendarDeed();
  const coming = calendar.exceptions.filter(({ date }) => date >= today);
  const proposed = coming.filter(({ state }) => state === 'proposed');
  const dates = proposed.map(({ date }) => date);
  const accept = (date: string) => run(() => reviewHolidays(calendar.id, { accept: [date] }));
  const dismiss = (date: string) => run(() => reviewHolidays(calendar.id, { dismiss: [date] }));
  const decidedDeeds = ({ date, kind, state }: CalendarException) => {
    if (kind === 'special')
      return [{ label: t('calendars.day.remove'), run: () => run(() => removeDay(calendar.id, date)) }];
    return state === 'accepted'
      ? [{ label: t('calendars.dismiss'), run: () => dismiss(date) }]
      : [{ label: t('calendars.accept'), run: () => accept(date) }];
  };
  return (
    <section className={styles.part} aria-labelledby="calendar-days">
      <h2 id="calendar-days">{t('calendars.days')}</h2>
      <p className={styles.lead}>{t('calendars.days.lead')}</p>
      {proposed.length > 0 ? (
        <div className={styles.review}>
          <h3>{t('calendars.proposed', { count: proposed.length })}</h3>
          <ul className={styles.list}>
            {proposed.map((day) => (
              <Day
                key={day.date}
                day={day}
                deeds={
                  edits
                    ? [
                        { label: t('calendars.accept'), run: () => accept(day.date) },
                        { label: t('calendars.dismiss'), run: () => dismiss(day.date) },
                      ]
                    : []
                }
              />
            ))}
          </ul>
          {edits ? (
            <Button
              variant="filled"
              loading={busy}
              onClick={() => void run(() => reviewHolidays(calendar.id, { accept: dates }))}
            >
              {t('calendars.accept_all')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <ul className={styles.list} aria-label={t('calendars.days')}>
        {coming
          .filter(({ state }) => state !== 'proposed')
          .map((day) => (
            <Day key={day.date} day={day} deeds={edits ? decidedDeeds(day) : []} />
          ))}
      </ul>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
      {edits ? <AddDay calendar={calendar} today={today} /> : null}
      {edits ? <HolidayImport calendarId={calendar.id} today={today} /> : null}
    </section>
  );
};
