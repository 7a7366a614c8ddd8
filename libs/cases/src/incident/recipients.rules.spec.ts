import { chooseRecipient, chooseRecipients, wallTime, type Candidate, type Way } from './recipients.rules.js';

const TEXT = { es: 'Hola {name}: {reference}', en: 'Hi {name}: {reference}' };
/** A Monday morning. */
const NOW = { day: 'mon', time: '10:00' } as const;
const x = (more: Partial<Way> = {}): Way => ({
  ...{ channel: 'twitter', threadId: 'x', address: '42', state: 'open', lastInboundAt: 100 },
  ...more,
});
const mail = (more: Partial<Way> = {}): Way => ({
  ...{ channel: 'email', threadId: 'm', address: 'ana@correo.test', state: 'open', lastInboundAt: 50 },
  ...more,
});
const one = (more: Partial<Candidate> = {}): Candidate => ({
  caseId: 'case',
  reference: 'H-1',
  isOpen: true,
  customer: { displayName: 'Ana', language: 'es', languageKnown: true },
  preferred: null,
  hours: null,
  ways: [x(), mail()],
  ...more,
});
const OFFICE = { days: ['mon' as const], from: '09:00', to: '14:00' };

describe('who gets a mass update, and how', () => {
  it.each<[string, Partial<Candidate>, string]>([
    ['by what they wrote by last', {}, 'twitter x'],
    ['by mail, where they wrote there later', { ways: [x(), mail({ lastInboundAt: 200 })] }, 'email m'],
    ['by what they prefer', { preferred: 'email' }, 'email m'],
    ['by another, where what they prefer is closed', { preferred: 'email', ways: [x()] }, 'twitter x'],
    ['by mail, where X takes no more', { ways: [x({ state: 'closed' }), mail()] }, 'email m'],
    ['by mail, where they only called us in public on X', { ways: [x({ state: 'silent' }), mail()] }, 'email m'],
    ['by an address nobody has written from', { ways: [mail({ threadId: null, lastInboundAt: null })] }, 'email null'],
    ['within their hours', { hours: OFFICE }, 'twitter x'],
    ['not when the case is over', { isOpen: false }, 'case_over'],
    ['not when they want to be called', { preferred: 'phone' }, 'prefers_person'],
    ['not when they want to come by', { preferred: 'store' }, 'prefers_person'],
    ['not outside their hours', { hours: { ...OFFICE, to: '10:00' } }, 'quiet_hours'],
    ['not on another day', { hours: { ...OFFICE, days: ['tue'] } }, 'quiet_hours'],
    ['not on X where they never wrote', { ways: [x({ state: 'silent', lastInboundAt: null })] }, 'never_wrote'],
    ['not on X that takes no more', { ways: [x({ state: 'closed' }), x({ state: 'silent' })] }, 'recipient_closed'],
    ['not without any address', { ways: [] }, 'unreachable'],
    // Whoever cannot be reached at all is told so, whatever the hour.
    ['unreachable before the hour', { ways: [], hours: { ...OFFICE, days: ['tue'] } }, 'unreachable'],
  ])('%s', (_what, more, expected) => {
    const { to, skip } = chooseRecipient(one(more), TEXT, NOW);
    expect(to ? `${to.channel} ${to.threadId}` : skip).toBe(expected);
  });

  it.each<[Partial<Candidate['customer']>, string, string]>([
    [{}, 'es', 'Hola Ana: H-1'],
    [{ language: 'en' }, 'en', 'Hi Ana: H-1'],
    [{ languageKnown: false }, 'both', 'Hola Ana: H-1\n\n---\n\nHi Ana: H-1'],
    [{ displayName: 'ana@correo.test' }, 'es', 'Hola: H-1'],
  ])('%j reads %s: %j', (customer, language, text) => {
    const chosen = chooseRecipient(one({ customer: { ...one().customer, ...customer } }), TEXT, NOW);
    expect(chosen.to).toMatchObject({ language, text });
  });

  it('does not cut a text that does not fit', () => {
    const long = { es: 'a'.repeat(10_001), en: 'a' };
    expect(chooseRecipient(one(), long, NOW).skip).toBe('too_long');
    expect(chooseRecipient(one({ preferred: 'email' }), long, NOW).to?.text).toHaveLength(10_001);
  });

  it('writes once to an address several people have', () => {
    const family = [one(), one({ ways: [x({ address: '43' })] }), one(), one({ ways: [mail({ address: '42' })] })];
    expect(chooseRecipients(family, TEXT, NOW).map(({ skip }) => skip)).toEqual([null, null, 'duplicate', null]);
  });

  it('reads the clock on the wall of the workspace', () => {
    expect(wallTime(new Date('2026-03-01T23:30:00Z'), 'Europe/Madrid')).toEqual({ day: 'mon', time: '00:30' });
    expect(wallTime(new Date('2026-07-05T21:59:00Z'), 'Europe/Madrid')).toEqual({ day: 'sun', time: '23:59' });
    expect(wallTime(new Date('2026-03-02T00:00:00Z'), 'America/Mexico_City')).toEqual({ day: 'sun', time: '18:00' });
  });
});
