import fc from 'fast-check';
import { allows, GATED_ACTIONS, ONE_TIME_CODE_TEXT, reaches, withoutCodes, type GatedAction } from '#contracts';
import { codeIn, mayBeSent } from './one-time-code.rules.js';
import { channelProof, heldUntil, strongest, weightOf, type LastWord, type Standing } from './proof.rules.js';

const MADE = new Date('2026-03-02T09:00:00Z');
const LATER = new Date('2026-03-09T09:00:00Z');
const address = (more: Partial<Standing> = {}): Standing => ({
  source: 'message',
  isVerified: false,
  isShared: false,
  hasEnded: false,
  createdAt: MADE,
  customerCreatedAt: MADE,
  isJoined: false,
  ...more,
});
const word = (more: Partial<LastWord> = {}): LastWord => ({
  ...address(),
  channel: 'email',
  senderProof: 'strong',
  caseOpenedAt: LATER,
  at: LATER,
  ...more,
});

describe('what an address weighs', () => {
  it('is strong when the customer has been known by it from the beginning, by contract, or somebody made sure', () => {
    expect(weightOf(address())).toBe('strong');
    expect(weightOf(address({ source: 'import', createdAt: LATER }))).toBe('strong');
    expect(weightOf(address({ source: 'staff', createdAt: LATER, isVerified: true, isJoined: true }))).toBe('strong');
  });
  it('is weak when it came later, by word or with another record: nobody proves themselves by what they added', () => {
    expect(weightOf(address({ source: 'staff', createdAt: LATER }))).toBe('weak');
    expect(weightOf(address({ createdAt: LATER }))).toBe('weak');
    expect(weightOf(address({ customerCreatedAt: LATER }))).toBe('weak');
    expect(weightOf(address({ isJoined: true }))).toBe('weak');
  });
  it('is nothing once it ended or when others have it too, whatever else is true', () => {
    const any = fc.record({
      source: fc.constantFrom('message', 'staff', 'import', 'customer'),
      isVerified: fc.boolean(),
      isJoined: fc.boolean(),
    });
    fc.assert(
      fc.property(any, fc.constantFrom({ isShared: true }, { hasEnded: true }), (more, lost) => {
        expect(weightOf(address({ ...(more as Partial<Standing>), ...lost }))).toBe('none');
      }),
    );
  });
});

describe('what a message proves by its channel', () => {
  it('a mail whose domain vouches for it, from an address known before: weak', () =>
    expect(channelProof(word())).toEqual({ level: 'weak', method: 'sender_verified' }));
  it.each([
    ['nobody vouches', { senderProof: 'weak' as const }],
    ['nobody looked', { senderProof: null }],
    ['the address came with this case', { createdAt: LATER, customerCreatedAt: LATER, caseOpenedAt: LATER }],
    ['a telephone number can be imitated', { channel: 'phone' }],
    ['an account on X nobody made sure of', { channel: 'twitter' }],
    ['others have it too', { isShared: true }],
  ])('nothing: %s', (_why, more) => expect(channelProof(word(more)).level).toBe('none'));
  it('an account on X that somebody made sure of: weak', () =>
    expect(channelProof(word({ channel: 'twitter', isVerified: true })).method).toBe('account'));
  it('never strong', () => {
    fc.assert(
      fc.property(fc.constantFrom('email', 'twitter', 'phone', 'store'), fc.boolean(), (channel, isVerified) => {
        expect(channelProof(word({ channel, isVerified })).level).not.toBe('strong');
      }),
    );
  });
});

describe('the proof that counts', () => {
  const proofs = fc.array(
    fc.record({
      level: fc.constantFrom('weak' as const, 'strong' as const),
      method: fc.constant('one_time_code' as const),
      expiresAt: fc.date({ min: MADE, max: LATER, noInvalidDate: true }),
    }),
  );
  it('is none that has expired, and none that is better is left out', () => {
    fc.assert(
      fc.property(proofs, fc.date({ min: MADE, max: LATER, noInvalidDate: true }), (given, now) => {
        const best = strongest(given, now);
        const valid = given.filter(({ expiresAt }) => expiresAt > now);
        if (!best) return expect(valid).toEqual([]);
        expect(valid).toContain(best);
        expect(valid.every(({ level }) => reaches(best.level, level))).toBe(true);
        const equals = valid.filter(({ level }) => level === best.level);
        expect(equals.every(({ expiresAt }) => expiresAt <= best.expiresAt)).toBe(true);
      }),
    );
  });
  it('lasts a day for a document, an hour for a code', () => {
    expect(heldUntil('document_seen', MADE)).toEqual(new Date('2026-03-03T09:00:00Z'));
    expect(heldUntil('one_time_code', MADE)).toEqual(new Date('2026-03-02T10:00:00Z'));
  });
  it('opens every gate when strong, and none when there is none', () => {
    for (const action of Object.keys(GATED_ACTIONS) as GatedAction[]) {
      expect(allows('strong', action)).toBe(true);
      expect(allows('none', action)).toBe(false);
    }
    expect(allows('weak', 'identifier.show')).toBe(false);
    expect(allows('weak', 'balance.tell')).toBe(true);
  });
});

describe('codes', () => {
  it.each(['123456', ' 123 456 ', '123-456.', '1 2 3 4 5 6', '012345!'])('reads %j', (text) =>
    expect(codeIn(text)).toMatch(/^\d{6}$/),
  );
  it.each(['12345', '1234567', 'mi código es 123456', '123456 gracias', '', '12:34:56'])('%j is none', (text) =>
    expect(codeIn(text)).toBeNull(),
  );
  it('are three to an address and five on a case within the hour', () => {
    const most = { toAddress: 2, onCase: 4, toCustomer: 5, inWorkspace: 299 };
    expect(mayBeSent(most)).toBe(true);
    expect(mayBeSent({ ...most, toAddress: 3 })).toBe(false);
    expect(mayBeSent({ ...most, onCase: 5 })).toBe(false);
    expect(mayBeSent({ ...most, toCustomer: 6 })).toBe(false);
    expect(mayBeSent({ ...most, inWorkspace: 300 })).toBe(false);
  });
  it('are taken out of whatever quotes them, in both languages, through HTML', () => {
    for (const text of Object.values(ONE_TIME_CODE_TEXT)) {
      const quoted = `> ${text.replace('{code}', '493021').replace('{minutes}', '10')}`;
      expect(withoutCodes(quoted)).not.toContain('493021');
      expect(withoutCodes(quoted)).toContain('••••••');
    }
    expect(withoutCodes('<p>Tu código de un solo uso es <b>&nbsp;493021</b>.</p>')).not.toContain('493021');
    expect(withoutCodes('Mi pedido es el 493021')).toBe('Mi pedido es el 493021');
  });
});
