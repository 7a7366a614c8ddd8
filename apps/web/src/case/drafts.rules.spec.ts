import { meeting } from './drafts.rules.js';

const [older, newer] = [1_000, 2_000];

describe('two versions of one draft', () => {
  it('are one when they say the same', () => {
    expect(meeting({ text: 'Hola ', at: newer }, { text: 'Hola', at: older })).toBe('same');
  });

  it('the newer one stands, the other is shown', () => {
    expect(meeting({ text: 'Hola, Ana', at: newer }, { text: 'Buenas', at: older })).toBe('mine_shown');
    expect(meeting({ text: 'Hola, Ana', at: older }, { text: 'Buenas', at: newer })).toBe('theirs_shown');
  });

  it('one that goes on where the other stopped stands alone', () => {
    expect(meeting({ text: 'Hola, Ana', at: older }, { text: 'Hola', at: newer })).toBe('mine');
    expect(meeting({ text: 'Hola', at: newer }, { text: 'Hola, Ana', at: older })).toBe('theirs');
  });

  it('what was sent elsewhere does not take along what is still written here', () => {
    expect(meeting({ text: 'Hola', at: older }, null)).toBe('mine');
  });

  it('what was emptied is never lost without a word', () => {
    expect(meeting({ text: 'Hola', at: older }, { text: '', at: newer })).toBe('theirs_shown');
    expect(meeting({ text: 'Hola', at: newer }, { text: '', at: older })).toBe('mine');
    expect(meeting({ text: '', at: newer }, { text: 'Hola', at: older })).toBe('mine_shown');
    expect(meeting({ text: '', at: older }, { text: 'Hola', at: newer })).toBe('theirs');
  });
});
