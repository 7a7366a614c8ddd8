import type { Notice } from '#contracts';
import { decodeText } from './charset.rules.js';
import { oneLine } from './incoming.rules.js';

/** An appointment as a person would say it; what a calendar leaves open is empty. */
export interface CalendarEvent {
  /** METHOD of the calendar (RFC 5546), in lower case. */
  method: string;
  what: string;
  /** Day and times as written, with their time zone. */
  when: string;
  where: string;
  cancelled: boolean;
}

const MAX_EVENTS = 5;
const MAX_LINES = 5000;

interface Property {
  name: string;
  params: string;
  value: string;
}

/** Content lines, unfolded (RFC 5545 §3.1). */
function propertiesOf(text: string): Property[] {
  const lines: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/u).slice(0, MAX_LINES)) {
    if (/^[ \t]/u.test(line) && lines.length > 0) lines.push(`${lines.pop() ?? ''}${line.slice(1)}`);
    else lines.push(line);
  }
  return lines.flatMap((line) => {
    const found = /^([\w-]{1,60})((?:;[^:"]*(?:"[^"]*"[^:"]*)*)?):(.*)$/u.exec(line);
    return found ? [{ name: (found[1] ?? '').toUpperCase(), params: found[2] ?? '', value: found[3] ?? '' }] : [];
  });
}

const words = (value: string): string =>
  oneLine(value.replace(/\\[nN]/gu, ' ').replace(/\\([\\;,])/gu, '$1'), 300) ?? '';

interface Moment {
  day: string;
  time: string;
  zone: string;
}

const zoneOf = (params: string): string =>
  oneLine(/;TZID=("[^"]*"|[^;:]*)/iu.exec(params)?.[1]?.replaceAll('"', ''), 60) ?? '';

/** `20261123T100000Z` → 2026-11-23, 10:00, UTC. */
function momentOf(property: Property | undefined): Moment | null {
  if (!property) return null;
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{0,2}(Z?))?$/u.exec(property.value.trim());
  if (!found) return null;
  const [, year = '', month = '', date = '', hour, minute = ''] = found;
  const day = `${year}-${month}-${date}`;
  if (!hour) return { day, time: '', zone: '' };
  return { day, time: `${hour}:${minute}`, zone: found[6] ? 'UTC' : zoneOf(property.params) };
}

function whenOf(from: Moment | null, to: Moment | null): string {
  if (!from) return '';
  const begin = `${from.day} ${from.time}`.trim();
  const zone = from.zone ? ` (${from.zone})` : '';
  if (!to || !from.time) return begin + zone;
  return `${begin}–${to.day === from.day ? to.time : `${to.day} ${to.time}`.trim()}${zone}`;
}

/** The properties of each appointment, without those of its reminders: these have words of their own. */
function* eventsWithin(properties: Property[]): Generator<Map<string, Property>> {
  let within: Map<string, Property> | null = null;
  let inner = 0;
  for (const property of properties) {
    const { name } = property;
    if (!within) {
      if (name === 'BEGIN' && property.value.trim().toUpperCase() === 'VEVENT') within = new Map();
    } else if (name === 'BEGIN') inner += 1;
    else if (name === 'END' && inner > 0) inner -= 1;
    else if (name === 'END') {
      yield within;
      within = null;
    } else if (inner === 0 && !within.has(name)) within.set(name, property);
  }
}

/** The appointments in the bytes of an iCalendar file, the first five; none when there is nothing to understand. */
export function readCalendar(bytes: Uint8Array): CalendarEvent[] {
  const properties = propertiesOf(decodeText(bytes, 'utf-8'));
  const method = words(properties.find(({ name }) => name === 'METHOD')?.value ?? '').toLowerCase();
  const events: CalendarEvent[] = [];
  for (const event of eventsWithin(properties)) {
    const said = eventOf(event, method);
    if (said.what || said.when) events.push(said);
    if (events.length === MAX_EVENTS) break;
  }
  return events;
}

function eventOf(properties: Map<string, Property>, method: string): CalendarEvent {
  const said = (name: string) => words(properties.get(name)?.value ?? '');
  return {
    method,
    what: said('SUMMARY'),
    when: whenOf(momentOf(properties.get('DTSTART')), momentOf(properties.get('DTEND'))),
    where: said('LOCATION'),
    cancelled: method === 'cancel' || said('STATUS').toLowerCase() === 'cancelled',
  };
}

/** What the entry says about an appointment. */
export function calendarNotice({ method, what, when, where, cancelled }: CalendarEvent): Notice {
  const values = { what, when, where };
  if (cancelled) return { code: 'calendar.cancelled', values };
  if (method === 'reply' || method === 'counter') return { code: 'calendar.answered', values };
  return { code: method === 'request' ? 'calendar.invited' : 'calendar.event', values };
}
