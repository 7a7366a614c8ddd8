import { SignatureCheck, type SignedRequest } from './oauth1.js';

// The request X's own documentation signs ("Creating a signature").
const KEYS = {
  consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
  consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
  accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
  accessSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
};
const AT = 1_318_622_958;
const request = (changes: Partial<SignedRequest> = {}): SignedRequest => ({
  method: 'POST',
  url: 'https://api.twitter.com/1.1/statuses/update.json?include_entities=true',
  form: new URLSearchParams({ status: 'Hello Ladies + Gentlemen, a signed OAuth request!' }),
  authorization:
    'OAuth oauth_consumer_key="xvz1evFS4wEEPTGEFPHBog", oauth_nonce="kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", ' +
    'oauth_signature="hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D", oauth_signature_method="HMAC-SHA1", ' +
    `oauth_timestamp="${AT}", oauth_token="370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", oauth_version="1.0"`,
  ...changes,
});
const check = (seconds = AT) => new SignatureCheck(KEYS, () => seconds * 1000);

describe('an OAuth 1.0a signature', () => {
  it('is right as X documents it', () => {
    expect(check().isValid(request())).toBe(true);
  });

  it.each([
    ['method', { method: 'GET' }],
    ['query', { url: 'https://api.twitter.com/1.1/statuses/update.json?include_entities=false' }],
    ['host', { url: 'https://api.x.com/1.1/statuses/update.json?include_entities=true' }],
    ['form', { form: new URLSearchParams({ status: 'Hello' }) }],
    ['header', { authorization: 'OAuth realm="x"' }],
  ])('is wrong when the %s is another', (_what, changes) => {
    expect(check().isValid(request(changes))).toBe(false);
  });

  it('holds once, and only near its own time', () => {
    const once = check();
    expect([once.isValid(request()), once.isValid(request())]).toEqual([true, false]);
    expect(check(AT + 301).isValid(request())).toBe(false);
    expect(check(AT - 300).isValid(request())).toBe(true);
  });
});
