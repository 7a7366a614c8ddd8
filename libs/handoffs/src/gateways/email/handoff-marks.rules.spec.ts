import { createHmac, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import {
  handoffOfTag,
  handoffsNamedIn,
  handoffTag,
  wordMessageId,
  wordOfMessageId,
  type MarkSigner,
} from './handoff-marks.rules.js';

const signerOf = (secret: string): MarkSigner => ({
  sign: (purpose, text, bytes) => createHmac('sha256', secret).update(`${purpose}:${text}`).digest().subarray(0, bytes),
});
const [ours, theirs] = [signerOf('ours'), signerOf('theirs')];
const reference = fc
  .tuple(fc.stringMatching(/^[0-9A-Z]{4}$/u), fc.stringMatching(/^[0-9A-Z]{2}$/u), fc.integer({ min: 1, max: 999 }))
  .map(([first, second, number]) => `H-${first}-${second}.${number}`);

it('an address names its handoff to whoever made it, in any letters, and to nobody else', () => {
  fc.assert(
    fc.property(reference, (name) => {
      const tag = handoffTag(ours, name);
      expect(tag).toMatch(/^[0-9a-z.-]{1,40}$/u);
      expect(handoffOfTag(ours, tag)).toBe(name);
      expect(handoffOfTag(ours, tag.toUpperCase())).toBe(name);
      expect(handoffOfTag(theirs, tag)).toBeNull();
    }),
  );
});

it('a mark with one letter changed is none', () => {
  const tag = handoffTag(ours, 'H-7K2F-9Q.1');
  for (let at = 0; at < tag.length; at += 1) {
    const other = `${tag.slice(0, at)}${tag[at] === '3' ? '4' : '3'}${tag.slice(at + 1)}`;
    expect(handoffOfTag(ours, other)).toBeNull();
  }
});

it('a Message-ID names its word, and is no mark of a customer message', () => {
  const entryId = randomUUID();
  const messageId = wordMessageId(ours, entryId, 'care@hilo.test');
  expect(messageId).toMatch(/^<[0-9a-f]{32}\.[0-9a-f]{16}\.h@hilo\.test>$/u);
  expect(wordOfMessageId(ours, messageId)).toBe(entryId);
  expect(wordOfMessageId(theirs, messageId)).toBeNull();
  expect(wordOfMessageId(ours, '<hello@hilo.test>')).toBeNull();
});

it('numbers of ours are found as we write them', () => {
  expect(handoffsNamedIn('Re: h-7k2f-9q.1, H-7K2F-9Q.1 and H-AAAA-BB.12; not H-7K2F-9Q')).toEqual([
    'H-7K2F-9Q.1',
    'H-AAAA-BB.12',
  ]);
});
