import type { Partner } from '#contracts';
import { bodyOf, draftOf, gapsOf, keyOf, newPartner, withShare, type PartnerDraft } from './partner.rules.js';

const BODY = newPartner({
  ...{ name: 'Orbe', kind: 'manufacturer', language: 'en', timeZone: 'Europe/Berlin', email: 'service@orbe.example' },
});
const partner = (more: Partial<Partner> = {}): Partner => ({
  ...BODY,
  ...{ id: 'p', version: 1, hasSecret: true, open: 0, changedBy: null, changedAt: '2026-11-23T09:00:00.000Z' },
  ...more,
});
const draft = (more: Partial<PartnerDraft> = {}): PartnerDraft => ({ ...draftOf(partner()), ...more });
const times = { acknowledgeMinutes: 90, answerMinutes: 480, returnMinutes: 10_080 };
const field = {
  key: '',
  title: { es: 'Síntoma', en: 'Symptom (short)' },
  type: 'text',
  choices: [],
  required: true,
} as const;

describe('a partner as it is edited', () => {
  it('is the same when nothing was typed', () => {
    const peer = {
      url: 'https://orbe.example/v4',
      auth: { kind: 'oauth2' as const, tokenUrl: 'https://orbe.example/token', clientId: 'nexo', scope: null },
    };
    const terms = {
      ...BODY.terms,
      ...{ discountPercent: 12.5, agreement: 'A-1', brands: ['Auriga', 'Boreal Mini'], targets: { high: times } },
      ladder: [{ contact: { name: 'Hanna', email: null, phone: '+49 30 1' }, afterMinutes: 0 }],
      form: [{ ...field, key: 'symptom', choices: [], fact: null }],
    };
    const full = partner({ gateway: 'tmf621', tmf621: peer, senders: ['@orbe.example'], terms });
    expect(bodyOf(draftOf(full))).toEqual({
      ...BODY,
      gateway: 'tmf621',
      tmf621: peer,
      senders: ['@orbe.example'],
      terms,
    });
    expect(gapsOf(draftOf(full))).toEqual([]);
  });

  it('sends a secret only when one was typed', () => {
    const peer = draftOf(partner()).peer;
    const typed = { ...peer, url: 'https://o.example', kind: 'api_key' as const };
    expect(bodyOf(draft({ peer: typed })).tmf621?.auth).toEqual({ kind: 'api_key', header: 'X-API-Key' });
    expect(bodyOf(draft({ peer: { ...typed, secret: 'abc' } })).tmf621?.auth).toMatchObject({ key: 'abc' });
  });

  it.each<[Partial<PartnerDraft>, string]>([
    [{ name: ' ' }, 'name'],
    [{ email: 'nobody' }, 'email'],
    [{ email: '' }, 'email'],
    [{ gateway: 'tmf621' }, 'url'],
    [{ peer: { ...draft().peer, url: 'https://o.example', tokenUrl: 'x' } }, 'token'],
    [{ discount: '120' }, 'discount'],
    [{ retention: '-1' }, 'retention'],
    [{ expires: 'pronto' }, 'expires'],
    [{ ladder: [{ name: '', email: '', phone: '', after: '0' }] }, 'ladder'],
    [{ ladder: [{ name: 'H', email: '', phone: '', after: 'luego' }] }, 'ladder'],
    [{ share: [{ field: 'story', purpose: { es: '', en: 'x' } }] }, 'purpose'],
    [{ form: [{ ...field, choices: [], type: 'choice' }] }, 'choices'],
    [{ form: [{ ...field, choices: [], title: { es: '', en: '' } }] }, 'field'],
    [
      {
        form: [
          { ...field, choices: [] },
          { ...field, choices: [] },
        ],
      },
      'key_twice',
    ],
    [{ form: [{ ...field, choices: [], fact: 'device.imei' }] }, 'fact_not_shared'],
  ])('says what is missing: %#', (more, gap) => {
    expect(gapsOf(draft(more))).toEqual([gap]);
  });

  it('takes a row of targets whole or not at all', () => {
    const targets = draft().targets;
    const half = { ...targets, high: { acknowledgeMinutes: '4 h', answerMinutes: '', returnMinutes: '' } };
    expect(gapsOf(draft({ targets: half }))).toEqual(['target']);
    const whole = { ...targets, high: { acknowledgeMinutes: '4 h', answerMinutes: '1 d', returnMinutes: '7 d' } };
    expect(bodyOf(draft({ targets: whole })).terms.targets).toEqual({
      high: { acknowledgeMinutes: 240, answerMinutes: 1440, returnMinutes: 10_080 },
    });
  });

  it('calls a question by its English words, and keeps what it was called', () => {
    expect(keyOf(field)).toBe('symptom_short');
    expect(keyOf({ ...field, key: 'old' })).toBe('old');
    expect(keyOf({ key: '', title: { es: '', en: '¿2?' } })).toBe('field');
  });

  it('begins a share with what it is usually for', () => {
    const share = withShare([], 'device.imei', true);
    expect(share[0]?.purpose.es).toBe('Encontrar el dispositivo en su sistema');
    expect(withShare(share, 'device.imei', false)).toEqual([]);
  });
});
