import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Calendar } from '#contracts';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { changeCalendar } from './calendarRequests.js';
import { dateText, weekdayText } from './days.js';
import { useCalendarDeed } from './useCalendarDeed.js';
import { spansText, typedOf, versionsFrom, WEEK, weekOf } from './week.rules.js';
import styles from './Calendars.module.css';

interface Props {
  calendar: Calendar;
  today: string;
  edits: boolean;
}

/** The week, and from which day on another one holds. What has passed stays as it was. */
export const WeekForm = ({ calendar, today, edits }: Props) => {
  const { t, intl } = useWords();
  const { now, later } = versionsFrom(calendar.versions, today);
  const latest = later.at(-1) ?? now;
  const [typed, setTyped] = useState(() => typedOf(latest?.weekly ?? {}));
  // One to come is what is changed; its day is not taken for today's.
  const [validFrom, setValidFrom] = useState(later.at(-1)?.validFrom ?? today);
  const { run, busy, problem, setProblem } = useCalendarDeed();
  const { weekly, unread } = weekOf(typed);
  const save = () => {
    if (unread.length > 0) setProblem(t('calendars.unread'));
    else void run(() => changeCalendar(calendar.id, { revision: calendar.revision, weekly, validFrom }));
  };
  return (
    <section className={styles.part} aria-labelledby="calendar-week">
      <h2 id="calendar-week">{t('calendars.week')}</h2>
      <p className={styles.lead}>{t('calendars.week.lead')}</p>
      <form
        className={forms.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {WEEK.map((day) => (
          <label key={day} className={styles.day}>
            <span>{weekdayText(intl, day)}</span>
            <input
              value={typed[day]}
              readOnly={!edits}
              placeholder={t('calendars.closed')}
              aria-invalid={unread.includes(day) || undefined}
              onChange={({ currentTarget: { value } }) => setTyped((held) => ({ ...held, [day]: value }))}
            />
          </label>
        ))}
        {edits ? (
          <div className={styles.row}>
            <label className={forms.field}>
              <span>{t('calendars.valid_from')}</span>
              <input
                type="date"
                min={today}
                value={validFrom}
                onChange={({ currentTarget: { value } }) => setValidFrom(value)}
              />
            </label>
            <Button type="submit" variant="filled" loading={busy}>
              {t('calendars.week.save')}
            </Button>
          </div>
        ) : null}
        <p className={forms.problem} role="alert">
          {problem}
        </p>
      </form>
      {calendar.versions.length > 1 ? (
        <details>
          <summary>{t('calendars.versions', { count: calendar.versions.length })}</summary>
          <ul className={styles.list}>
            {calendar.versions.map((version) => (
              <li key={version.validFrom}>
                <b>{t('calendars.version.from', { date: dateText(intl, version.validFrom) })}</b>
                <small>
                  {WEEK.filter((day) => version.weekly[day]?.length)
                    .map((day) => `${weekdayText(intl, day)} ${spansText(version.weekly[day] ?? [])}`)
                    .join(' · ')}
                </small>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
};
