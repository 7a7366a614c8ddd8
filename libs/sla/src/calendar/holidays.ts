import Holidays from 'date-holidays';
import type { HolidayImportBody, Language } from '#contracts';
import { DomainError } from '#platform';

/** Public holidays of countries and their regions, from a maintained list. */

export interface PublicHoliday {
  /** `YYYY-MM-DD`. */
  date: string;
  name: string;
}

interface Place {
  code: string;
  name: string;
}

/** Countries that have a list; or the regions of one, none when it makes no difference. */
export function placesWithHolidays(country: string | undefined, language: Language): Place[] {
  const list = new Holidays();
  const found = country ? list.getStates(country, language) : list.getCountries(language);
  return Object.entries(found ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

/**
 * Days on which nobody works there, each once: a day may be several feasts, and a feast several days.
 * @throws DomainError calendar.no_such_region
 */
export function publicHolidays({ country, region, year }: HolidayImportBody, language: Language): PublicHoliday[] {
  const list = new Holidays();
  if (!list.getCountries()[country]) throw new DomainError('calendar.no_such_region', { country });
  if (region && !list.getStates(country)?.[region])
    throw new DomainError('calendar.no_such_region', { country, region });
  const holidays = region
    ? new Holidays(country, region, { languages: [language], types: ['public'] })
    : new Holidays(country, { languages: [language], types: ['public'] });
  const byDate = new Map<string, PublicHoliday>();
  for (const { date, name, start, end } of holidays.getHolidays(year)) {
    const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
    for (let day = 0; day < days; day += 1) {
      const text = new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
      if (!byDate.has(text)) byDate.set(text, { date: text, name });
    }
  }
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}
