import fc from 'fast-check';
import { Secrets } from '#platform';
import {
  caseOfReplyToken,
  casesOfSubject,
  interactionOfMessageId,
  issuedMessageId,
  replyAddress,
  replyToken,
  taggedSubject,
  withoutTags,
} from './threading.rules.js';

const ours = new Secrets({ secret: 'x'.repeat(32) });
const others = new Secrets({ secret: 'y'.repeat(32) });
const REFERENCES = ['H-7K2F-9Q', 'H-7XPD-TW', 'H-0000-04'].filter((reference) =>
  caseOfReplyToken(ours, replyToken(ours, reference)),
);
const aReference = fc.constantFrom(...REFERENCES);
const signatureIn = (subject: string) => /#([a-z2-7]{8})\]/.exec(subject)?.[1] ?? '';

/** Every way to write another letter of the alphabet in one place. */
const altered = (text: string, at: number, by: number): string => {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789.';
  const place = at % text.length;
  const now = letters.indexOf(text.charAt(place).toLowerCase());
  return (
    text.slice(0, place) +
    letters.charAt((now + 1 + (by % (letters.length - 1))) % letters.length) +
    text.slice(place + 1)
  );
};

it('has references to test with', () => expect(REFERENCES.length).toBeGreaterThan(0));

describe('a reply address', () => {
  it('names its case, whatever case a server makes of it, and fits a local part of 64 letters', () => {
    for (const reference of REFERENCES) {
      const address = replyAddress(ours, reference, 'atencion.al.cliente.de.nexo@hilo.test');
      const [local = ''] = address.split('@');
      expect(local.length).toBeLessThanOrEqual(64);
      const token = local.slice(local.indexOf('+') + 1);
      expect(caseOfReplyToken(ours, token)).toBe(reference);
      expect(caseOfReplyToken(ours, token.toUpperCase())).toBe(reference);
    }
  });

  it('with one letter changed, added, left out or signed by others names none', () => {
    fc.assert(
      fc.property(aReference, fc.nat(), fc.nat(), (reference, at, by) => {
        const token = replyToken(ours, reference);
        expect(caseOfReplyToken(ours, altered(token, at, by))).toBeNull();
        const place = at % token.length;
        expect(caseOfReplyToken(ours, token.slice(0, place) + token.slice(place + 1))).toBeNull();
        expect(caseOfReplyToken(ours, `${token}a`)).toBeNull();
        expect(caseOfReplyToken(others, token)).toBeNull();
      }),
    );
  });

  it('cannot be made up', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 16, maxLength: 16 }), aReference, (any, signature, reference) => {
        expect(caseOfReplyToken(ours, any)).toBeNull();
        expect(caseOfReplyToken(ours, `${replyToken(ours, reference).split('.')[0] ?? ''}.${signature}`)).toBeNull();
      }),
    );
  });
});

describe('a Message-ID we issued', () => {
  it('names its message', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const issued = issuedMessageId(ours, id, 'care@hilo.test');
        expect(issued).toMatch(/^<[0-9a-f]{32}\.[a-z2-7]{16}@hilo\.test>$/);
        expect(interactionOfMessageId(ours, issued)).toBe(id);
        expect(interactionOfMessageId(others, issued)).toBeNull();
      }),
    );
  });

  it('altered, or merely looking like one, names none', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat({ max: 48 }), fc.nat(), fc.string(), (id, at, by, any) => {
        const [name = ''] = issuedMessageId(ours, id, 'care@hilo.test').slice(1).split('@');
        expect(interactionOfMessageId(ours, `<${altered(name, at, by)}@hilo.test>`)).toBeNull();
        expect(interactionOfMessageId(ours, any)).toBeNull();
        expect(interactionOfMessageId(ours, `<${id}@hilo.test>`)).toBeNull();
      }),
    );
  });
});

describe('the tag in a subject', () => {
  it('names its case, wherever answering programs put it, and is there once', () => {
    fc.assert(
      fc.property(aReference, fc.string({ unit: 'grapheme' }), (reference, words) => {
        const subject = taggedSubject(ours, words, reference);
        expect(casesOfSubject(ours, subject)).toEqual([reference]);
        expect(casesOfSubject(ours, `RE: AW: ${subject.toUpperCase()} (fwd)`)).toContain(reference);
        expect(taggedSubject(ours, subject, reference)).toBe(subject);
        expect(casesOfSubject(ours, withoutTags(subject))).toEqual([]);
      }),
    );
  });

  it('of another case, altered or made up names none', () => {
    fc.assert(
      fc.property(aReference, fc.nat({ max: 7 }), fc.nat({ max: 30 }), (reference, at, by) => {
        const signature = signatureIn(taggedSubject(ours, 'Hola', reference));
        const letters = 'abcdefghijklmnopqrstuvwxyz234567';
        const other = letters.charAt((letters.indexOf(signature.charAt(at)) + 1 + by) % 32);
        const forged = signature.slice(0, at) + other + signature.slice(at + 1);
        expect(casesOfSubject(ours, `Hola [${reference}#${forged}]`)).toEqual([]);
        expect(casesOfSubject(others, `Hola [${reference}#${signature}]`)).toEqual([]);
        for (const another of REFERENCES.filter((one) => one !== reference))
          expect(casesOfSubject(ours, `Hola [${another}#${signature}]`)).toEqual([]);
      }),
    );
    expect(casesOfSubject(ours, `sobre el caso ${REFERENCES[0] ?? ''}`)).toEqual([]);
  });

  it('costs no time, however a subject is built', () => {
    const nasty = ['['.repeat(50_000), '[ '.repeat(50_000), `[${' '.repeat(100_000)}`, '[H-AAA-AA#'.repeat(10_000)];
    const started = performance.now();
    for (const subject of nasty) expect(casesOfSubject(ours, withoutTags(subject))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

it('a signature of one purpose is worth nothing for another', () => {
  for (const reference of REFERENCES) {
    const code = replyToken(ours, reference).split('.')[0] ?? '';
    const tag = signatureIn(taggedSubject(ours, '', reference));
    const address = replyToken(ours, reference).split('.')[1] ?? '';
    expect(casesOfSubject(ours, `[${reference}#${address.slice(0, 8)}]`)).toEqual([]);
    for (const rest of ['aaaaaaaa', address.slice(8)])
      expect(caseOfReplyToken(ours, `${code}.${tag}${rest}`)).toBeNull();
  }
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const issued = issuedMessageId(ours, id, 'care@hilo.test').slice(1, -'@hilo.test>'.length);
      expect(caseOfReplyToken(ours, issued)).toBeNull();
    }),
  );
});
