import { isSigned, MOST_TRIES, nextTryAfter, signatureOf, TOLERANCE, verdictOf } from './webhook.signature.js';

const SECRET = 'a-secret-of-both-sides';
const signed = { id: 'msg_1', at: 1_772_442_000, signature: signatureOf(SECRET, 'msg_1', 1_772_442_000, '{"a":1}') };
const now = signed.at + 10;

it('is what the published scheme gives', () => {
  // HMAC-SHA256 of `id.timestamp.body`, as anybody can work it out.
  expect(signatureOf('secret', 'msg', 1, '{}')).toBe('v1,kEeUz7lmoa6MprHr8IPFl2eKTL80NjWCoxFEp8Xw3rw=');
});

it('of a secret `whsec_…` the key is what stands behind it in base64', () => {
  // The example of the published libraries: https://github.com/standard-webhooks/standard-webhooks
  const [secret, id, at] = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330];
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  expect(signatureOf(secret, id, at, '{"test": 2432232314}')).toBe(signature);
  expect(isSigned(secret, { id, at, signature }, '{"test": 2432232314}', at)).toBe(true);
});

it.each([
  ['as it was sent', signed, '{"a":1}', now, true],
  ['beside an older one', { ...signed, signature: `v1,AAAA ${signed.signature}` }, '{"a":1}', now, true],
  ['another body', signed, '{"a":2}', now, false],
  ['another id', { ...signed, id: 'msg_2' }, '{"a":1}', now, false],
  ['another time', { ...signed, at: signed.at + 1 }, '{"a":1}', now, false],
  ['no time', { ...signed, at: Number.NaN }, '{"a":1}', now, false],
  ['an old one sent again', signed, '{"a":1}', signed.at + TOLERANCE + 1, false],
  ['no signature', { ...signed, signature: '' }, '{"a":1}', now, false],
])('%s', (_, header, body, at, good) => {
  expect(isSigned(SECRET, header, body, at)).toBe(good);
});

it('waits longer each time, six hours at most', () => {
  const waits = Array.from({ length: MOST_TRIES }, (_, n) => nextTryAfter(n + 1));
  expect(waits.slice(0, 4)).toEqual([30_000, 60_000, 120_000, 240_000]);
  expect(waits.at(-1)).toBe(6 * 3_600_000);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
});

it.each([
  [200, 'sent'],
  [204, 'sent'],
  [301, 'again'],
  [400, 'dead'],
  [401, 'again'],
  [409, 'again'],
  [422, 'dead'],
  [429, 'again'],
  [500, 'again'],
  [503, 'again'],
])('%i: %s', (status, verdict) => {
  expect(verdictOf(status)).toBe(verdict);
});
