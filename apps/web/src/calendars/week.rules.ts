import { CalendarSpan, type CalendarVersion, type CalendarWeek, type Weekday } from '#contracts';

/** A week as it is typed: the spans of a day on one line, "9:00-14:00, 16:00-20:30". */

/** As people count them. */
export const WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export type TypedWeek = Record<Weekday, string>;

type Spans = NonNullable<CalendarWeek[Weekday]>;

export const spansText = (spans: Spans): string => spans.map(({ from, to }) => `${from}–${to}`).join(', ');

/** @returns null when it cannot be read; nothing typed is closed */
export function spansOf(text: string): Spans | null {
  const parts = text
    .split(/[,;]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const spans = parts.map((part) => {
    const [, from = '', to = ''] = /^(\d{1,2}[:.]\d{2})\s*[-–—]\s*(\d{1,2}[:.]\d{2})$/u.exec(part) ?? [];
    const whole = (time: string) => time.replace('.', ':').padStart(5, '0');
    return CalendarSpan.safeParse({ from: whole(from), to: whole(to) });
  });
  return spans.every((span) => span.success) ? spans.map((span) => span.data) : null;
}

export const typedOf = (weekly: CalendarWeek): TypedWeek => ({
  ...{ mon: '', tue: '', wed: '', thu: '', fri: '', sat: '', sun: '' },
  ...Object.fromEntries(WEEK.map((day) => [day, spansText(weekly[day] ?? [])])),
});

/** @returns the days that cannot be read, or the week */
export function weekOf(typed: TypedWeek): { weekly: CalendarWeek; unread: Weekday[] } {
  const read = WEEK.map((day) => ({ day, spans: spansOf(typed[day]) }));
  return {
    weekly: Object.fromEntries(read.flatMap(({ day, spans }) => (spans?.length ? [[day, spans]] : []))),
    unread: read.flatMap(({ day, spans }) => (spans ? [] : [day])),
  };
}

/** The version that holds on a day, and those that will. */
export function versionsFrom(versions: readonly CalendarVersion[], today: string) {
  const at = Math.max(
    0,
    versions.findLastIndex(({ validFrom }) => validFrom <= today),
  );
  return { now: versions[at], later: versions.slice(at + 1) };
}
