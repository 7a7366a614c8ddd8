import { activityWanted, canBeKnockedAt, planFor, webhookAddress } from './address.rules.js';

const ADDRESS = 'https://hilo.nexo.es/webhooks/twitter';
const OLD = 'https://antes.nexo.es/webhooks/twitter';

describe('the address X knocks at', () => {
  it('lies below the base, with or without a slash at its end', () => {
    expect(webhookAddress('https://hilo.nexo.es/')).toBe(ADDRESS);
    expect(webhookAddress('https://hilo.nexo.es')).toBe(ADDRESS);
  });

  it.each([
    [ADDRESS, true],
    ['http://hilo.nexo.es/webhooks/twitter', false],
    ['https://hilo.nexo.es:8443/webhooks/twitter', false],
    ['https://127.0.0.1/webhooks/twitter', false],
    ['https://[::1]/webhooks/twitter', false],
    ['https://localhost/webhooks/twitter', false],
    ['https://hilo/webhooks/twitter', false],
    ['https://hilo.test/webhooks/twitter', false],
    ['https://intranet.local/webhooks/twitter', false],
    [`https://hilo.nexo.es/${'x'.repeat(180)}`, false],
  ])('%s can be one: %s', (address, can) => {
    expect(canBeKnockedAt(address, false)).toBe(can);
    expect(canBeKnockedAt(address, true)).toBe(true);
  });
});

describe('what is to be done', () => {
  const own = (valid: boolean) => ({ id: '1', url: ADDRESS, valid });

  it('is nothing while X takes ours for valid, and to have it checked when not', () => {
    expect(planFor(ADDRESS, [own(true)], [])).toEqual({ step: 'fine', id: '1' });
    expect(planFor(ADDRESS, [own(false)], [])).toEqual({ step: 'revalidate', id: '1' });
  });

  it('is to register it, in place of one of ours that answers no more', () => {
    expect(planFor(ADDRESS, [], ['2'])).toEqual({ step: 'create', stale: null });
    expect(planFor(ADDRESS, [{ id: '2', url: OLD, valid: false }], ['1', '2'])).toEqual({ step: 'create', stale: '2' });
  });

  it("never touches what works or is somebody else's", () => {
    const nothing = { step: 'create', stale: null };
    expect(planFor(ADDRESS, [{ id: '2', url: OLD, valid: true }], ['2'])).toEqual(nothing);
    const others = { id: '3', url: 'https://produccion.otra.es/webhooks/twitter', valid: false };
    expect(planFor(ADDRESS, [others], [])).toEqual(nothing);
    expect(planFor(ADDRESS, [others], ['2'])).toEqual(nothing);
  });

  it('in X Activity is what Account Activity lacks, or everything', () => {
    expect(activityWanted(true)).toEqual(['chat.received']);
    expect(activityWanted(false)).toEqual(expect.arrayContaining(['dm.received', 'dm.sent', 'post.mention.create']));
  });
});
