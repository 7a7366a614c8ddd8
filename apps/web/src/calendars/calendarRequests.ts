import { queryOptions } from '@tanstack/react-query';
import type {
  Calendar,
  CalendarDueBody,
  CalendarExceptionBody,
  CalendarPage,
  CalendarPreview,
  HolidayImportBody,
  HolidayRegions,
  Language,
  NewCalendarBody,
  PatchCalendarBody,
} from '#contracts';
import { request } from '../api/http.js';

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: ({ signal }) => request<CalendarPage>('GET', '/calendars', { query: { limit: 200 }, signal }),
});

export const calendarQuery = (id: string) =>
  queryOptions({
    queryKey: ['calendars', id],
    queryFn: ({ signal }) => request<Calendar>('GET', `/calendars/${id}`, { signal }),
  });

/** Countries, or the regions of one, by their names in the reader's language. */
export const holidayPlacesQuery = (language: Language, country?: string) =>
  queryOptions({
    queryKey: ['holiday-regions', language, country ?? ''],
    queryFn: ({ signal }) =>
      request<HolidayRegions>('GET', '/calendars/holiday-regions', { query: { country }, signal }),
    staleTime: Infinity,
  });

export const addCalendar = (body: NewCalendarBody, idempotencyKey: string) =>
  request<Calendar>('POST', '/calendars', { body, idempotencyKey });

export const changeCalendar = (id: string, body: PatchCalendarBody) =>
  request<Calendar>('PATCH', `/calendars/${id}`, { body });

export const setStores = (id: string, storeIds: string[]) =>
  request<Calendar>('PUT', `/calendars/${id}/stores`, { body: { storeIds } });

export const setDay = (id: string, date: string, body: CalendarExceptionBody) =>
  request<Calendar>('PUT', `/calendars/${id}/exceptions/${date}`, { body });

export const removeDay = (id: string, date: string) =>
  request<Calendar>('DELETE', `/calendars/${id}/exceptions/${date}`);

export const proposeHolidays = (id: string, body: HolidayImportBody) =>
  request<Calendar>('POST', `/calendars/${id}/holidays`, { body });

export const reviewHolidays = (id: string, body: { accept?: string[]; dismiss?: string[] }) =>
  request<Calendar>('POST', `/calendars/${id}/holidays/review`, { body });

export const previewDue = (id: string, body: CalendarDueBody) =>
  request<CalendarPreview>('POST', `/calendars/${id}/preview`, { body });
