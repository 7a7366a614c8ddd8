import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CalendarPreview, CalendarRow, CalendarStep } from '#contracts';
import forms from '../app/forms.module.css';
import { useDeed } from '../app/useDeed.js';
import { asTyped, fromTyped } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { previewDue } from './calendarRequests.js';
import { dateText } from './days.js';
import styles from './Calendars.module.css';

/** One stretch of the way to a due time. */
export const DueStep = ({ step }: { step: CalendarStep }) => {
  const { t, intl } = useWords();
  const at = (local: string) => `${dateText(intl, local.slice(0, 10))}, ${local.slice(11)}`;
  const why = step.exceptions.map(({ date, name }) => name ?? dateText(intl, date)).join(', ');
  return (
    <li data-kind={step.kind}>
      <b>
        {at(step.localFrom)} → {at(step.localTo)}
      </b>
      <small>
        {t(`calendars.step.${step.kind}`, { minutes: step.minutes, total: step.total })}
        {why ? ` · ${why}` : null}
      </small>
    </li>
  );
};

/** When something would be due, and how its minutes come together. The clocks count by the same code. */
export const DuePreview = ({ calendar }: { calendar: CalendarRow }) => {
  const { t, intl } = useWords();
  const { timeZone } = calendar;
  const [start, setStart] = useState(() => asTyped({ timeZone }, new Date()));
  const [minutes, setMinutes] = useState('240');
  const [preview, setPreview] = useState<CalendarPreview | null>(null);
  const { run, problem } = useDeed();
  const ask = async () => {
    const startAt = fromTyped({ timeZone }, start);
    setPreview(await run(() => previewDue(calendar.id, { startAt, minutes: Number(minutes) })));
  };
  return (
    <section className={styles.part} aria-labelledby="calendar-preview">
      <h2 id="calendar-preview">{t('calendars.preview')}</h2>
      <p className={styles.lead}>{t('calendars.preview.lead')}</p>
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <label className={forms.field}>
          <span>{t('calendars.preview.start', { timeZone })}</span>
          <input
            type="datetime-local"
            required
            value={start}
            onChange={({ currentTarget: { value } }) => setStart(value)}
          />
        </label>
        <label className={forms.field}>
          <span>{t('calendars.preview.minutes')}</span>
          <input
            type="number"
            min={0}
            required
            value={minutes}
            onChange={({ currentTarget: { value } }) => setMinutes(value)}
          />
        </label>
        <Button type="submit">{t('calendars.preview.ask')}</Button>
      </form>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
      {preview ? (
        <div aria-live="polite">
          <p className={styles.due}>
            {t('calendars.preview.due', {
              at: intl.formatDate(preview.dueAt, { timeZone, dateStyle: 'full', timeStyle: 'short' }),
            })}
          </p>
          <ol className={styles.list} aria-label={t('calendars.preview')}>
            {preview.steps.map((step) => (
              <DueStep key={`${step.kind} ${step.from}`} step={step} />
            ))}
          </ol>
        </div>
      ) : null}
    </section>
  );
};
