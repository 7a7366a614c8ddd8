import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { CalendarRow } from '#contracts';
import { AddForm } from '../app/AddForm.js';
import { Chooser } from '../app/Chooser.js';
import { Page } from '../app/Page.js';
import { useMay, useTimeZone } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { calendarDay } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { addCalendar, calendarQuery, calendarsQuery, changeCalendar } from './calendarRequests.js';
import { DuePreview } from './DuePreview.js';
import { SpecialDays } from './SpecialDays.js';
import { StoresForm } from './StoresForm.js';
import { useCalendarDeed } from './useCalendarDeed.js';
import { WeekForm } from './WeekForm.js';
import styles from './Calendars.module.css';

const OFFICE = [{ from: '09:00', to: '18:00' }];
const OFFICE_WEEK = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE };

/** A new one begins with office hours in the zone of the workspace. */
const NewCalendar = () => {
  const { t } = useWords();
  const timeZone = useTimeZone();
  const navigate = useNavigate();
  const { run, busy, problem } = useCalendarDeed();
  const add = async (name: string, key: string) => {
    const made = await run(() => addCalendar({ name, timeZone, weekly: OFFICE_WEEK }, key));
    if (made) await navigate({ to: '/calendars', search: { id: made.id } });
    return made !== null;
  };
  return <AddForm label={t('calendars.new')} deed={t('calendars.add')} busy={busy} problem={problem} onAdd={add} />;
};

const Opened = ({ row, edits }: { row: CalendarRow; edits: boolean }) => {
  const { t } = useWords();
  const { data: calendar, isError, error, refetch } = useQuery(calendarQuery(row.id));
  const { run, busy } = useCalendarDeed();
  if (isError) return <Trouble what={row.name} error={error} onRetry={() => void refetch()} />;
  if (!calendar) return null;
  const { id, revision } = calendar;
  const today = calendarDay({ timeZone: calendar.timeZone }, new Date());
  const stores = calendar.stores.map(({ name }) => name).join(', ');
  return (
    <article className={styles.calendar} aria-label={calendar.name}>
      <header>
        <p className={styles.facts}>
          <b data-open={calendar.isOpen}>{t(calendar.isOpen ? 'calendars.open_now' : 'calendars.closed_now')}</b>
          <span>{calendar.timeZone}</span>
          {stores ? <span>{stores}</span> : null}
          {calendar.isDefault ? <span>{t('calendars.default')}</span> : null}
        </p>
        {edits && !calendar.isDefault ? (
          <Button
            size="xs"
            loading={busy}
            onClick={() => void run(() => changeCalendar(id, { revision, isDefault: true }))}
          >
            {t('calendars.make_default')}
          </Button>
        ) : null}
      </header>
      <WeekForm key={`week ${id} ${revision}`} calendar={calendar} today={today} edits={edits} />
      {edits ? <StoresForm key={`stores ${id}`} calendar={calendar} /> : null}
      <SpecialDays calendar={calendar} today={today} edits={edits} />
      <DuePreview key={`preview ${id}`} calendar={calendar} />
    </article>
  );
};

/** When it is open: the weeks, the days that are different, and what follows from them. */
export const CalendarsPage = () => {
  const { t } = useWords();
  const edits = useMay()('calendar.write');
  const { id } = useSearch({ from: '/inside/calendars' });
  const { data, isError, error, refetch } = useQuery(calendarsQuery);
  const row = data?.items.find((each) => each.id === id) ?? data?.items[0];
  const names = data?.items.map((each) => ({
    ...{ id: each.id, name: each.name },
    note: each.isDefault ? t('calendars.default') : null,
  }));
  return (
    <Page title={t('calendars.title')} lead={t('calendars.lead')}>
      {isError && !data ? (
        <Trouble what={t('calendars.title')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Chooser
          label={t('calendars.title')}
          to="/calendars"
          items={names}
          current={row?.id}
          foot={edits ? <NewCalendar /> : null}
        >
          {row ? <Opened key={row.id} row={row} edits={edits} /> : null}
        </Chooser>
      )}
    </Page>
  );
};
