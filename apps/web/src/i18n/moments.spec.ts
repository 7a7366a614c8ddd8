import { createIntl } from 'react-intl';
import { asTyped, brief, calendarDay, clock, daysBetween, FORMATS, fromTyped, moment, whole } from './moments.js';

const inZone = (timeZone: string, locale = 'es-ES') => createIntl({ locale, messages: {}, timeZone });
const madrid = inZone('Europe/Madrid');
const canaries = inZone('Atlantic/Canary');
/** Half past midnight in Madrid, half past eleven of the day before on the Canary Islands. */
const AT_NIGHT = '2026-11-16T23:30:00Z';

describe('moments read by the clock of the workspace', () => {
  it('whatever the zone of the browser', () => {
    expect(clock(madrid, AT_NIGHT)).toBe('00:30');
    expect(clock(canaries, AT_NIGHT)).toBe('23:30');
    expect(calendarDay(madrid, AT_NIGHT)).toBe('2026-11-17');
    expect(calendarDay(canaries, AT_NIGHT)).toBe('2026-11-16');
  });

  it('in the middle of a sentence as anywhere else', () => {
    const said = 'para el {due, date, medium}, {due, time, short}';
    const intl = createIntl({ locale: 'es-ES', messages: { said }, formats: FORMATS, timeZone: 'Europe/Madrid' });
    const due = new Date(`${new Date().getFullYear()}-11-16T01:56:00Z`);
    expect(intl.formatMessage({ id: 'said' }, { due })).toBe('para el 16 nov, 02:56');
    expect(moment(intl, due)).toBe('16 nov, 02:56');
  });

  it('days begin at its midnight', () => {
    const before = '2026-11-16T22:30:00Z';
    expect(daysBetween(madrid, before, AT_NIGHT)).toBe(1);
    expect(daysBetween(canaries, before, AT_NIGHT)).toBe(0);
    expect(brief(madrid, before, new Date(AT_NIGHT))).toBe('ayer');
    expect(brief(canaries, before, new Date(AT_NIGHT))).toBe('22:30');
  });

  it('a day of 23 or 25 hours is one day', () => {
    expect(daysBetween(madrid, '2026-03-28T12:00:00Z', '2026-03-29T21:00:00Z')).toBe(1);
    expect(daysBetween(madrid, '2026-10-24T22:30:00Z', '2026-10-25T22:30:00Z')).toBe(0);
  });

  it('and are typed by it', () => {
    expect(fromTyped(madrid, '2026-11-19T18:00')).toBe('2026-11-19T17:00:00.000Z');
    expect(fromTyped(canaries, '2026-11-19T18:00')).toBe('2026-11-19T18:00:00.000Z');
    expect(fromTyped(inZone('America/Lima'), '2026-11-19T18:00')).toBe('2026-11-19T23:00:00.000Z');
    expect(asTyped(madrid, AT_NIGHT)).toBe('2026-11-17T00:30');
  });

  it('when the clock is put forward or back as well', () => {
    expect(fromTyped(madrid, '2026-03-29T01:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(fromTyped(madrid, '2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(fromTyped(madrid, '2026-03-29T03:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(fromTyped(madrid, '2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(fromTyped(madrid, '2026-10-25T03:00')).toBe('2026-10-25T02:00:00.000Z');
  });

  it('names the zone on the hover where the browser has another hour, and only there', () => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const other = own === 'Asia/Tokyo' ? 'Europe/Madrid' : 'Asia/Tokyo';
    expect(whole(inZone(own), AT_NIGHT)).not.toContain('(');
    expect(whole(inZone(other, 'en-GB'), AT_NIGHT)).toMatch(/\((Japan|Central European) Standard Time\)$/u);
  });
});
