import type { ChannelsHealth, ChannelState } from '#contracts';
import { kindOf, labelOf, settingsOf, signatureOf, troublesOf, unsentOf } from './health.rules.js';

const state = (key: string, part: Partial<ChannelState> = {}): ChannelState => ({
  key,
  channel: key.startsWith('twitter') ? 'twitter' : 'email',
  label: key.startsWith('twitter') ? '@nexo_ayuda' : 'care@hilo.test',
  state: 'ok',
  reason: null,
  since: '2026-11-22T09:00:00Z',
  lastInAt: null,
  lastOutAt: null,
  expiresAt: null,
  detail: null,
  ...part,
});
const broken = (key: string, reason = 'channel.reconnect') => state(key, { state: 'trouble', reason });
const road = (works = true): ChannelsHealth['road'] => ({ works, steps: [{ name: 'worker', works, at: null }] });

describe('troublesOf', () => {
  it('tells an account once, however many of its ways are closed for the same reason', () => {
    const channels = [broken('twitter:17:poll'), broken('twitter:17:send'), broken('imap:1', 'channel.unreachable')];
    expect(troublesOf({ channels, road: road() }).map(({ key }) => key)).toEqual(['twitter:17:poll', 'imap:1']);
  });
  it('is silent about what is only slower, stopped by somebody, or well', () => {
    const channels = [
      broken('twitter:17:webhook', 'channel.webhook_invalid'),
      broken('twitter:17:send', 'channel.rate_limited'),
      broken('usual:email', 'channel.silent'),
      state('imap:1', { state: 'stopped' }),
      state('smtp-in'),
    ];
    expect(troublesOf({ channels, road: road() })).toEqual([]);
  });
  it('begins with the house itself', () => {
    const [first] = troublesOf({ channels: [broken('imap:1')], road: road(false) });
    expect(first?.reason).toBe('road.worker');
  });
});

it('what was put aside comes back when a reason or its beginning changes, and only then', () => {
  const before = signatureOf(troublesOf({ channels: [broken('imap:1')], road: road() }));
  const same = [{ ...broken('imap:1'), detail: 'another word', lastInAt: '2026-11-22T10:00:00Z' }];
  expect(signatureOf(troublesOf({ channels: same, road: road() }))).toBe(before);
  const again = [{ ...broken('imap:1'), since: '2026-11-22T11:00:00Z' }];
  expect(signatureOf(troublesOf({ channels: again, road: road() }))).not.toBe(before);
});

it('keys lead to what they are of', () => {
  expect(['smtp-in', 'imap:1', 'twitter:1:send', 'usual:email', 'new'].map(kindOf)).toEqual([
    'smtp_in',
    'imap',
    'send',
    'usual',
    'other',
  ]);
  expect(settingsOf('twitter:1:poll')).toBe('/channels/twitter');
  expect(settingsOf('smtp-out')).toBeNull();
});

it('an account goes by its handle, whichever of its ways knows it', () => {
  const channels = [broken('twitter:17:webhook'), broken('twitter:17:send')].map((one, at) =>
    at === 0 ? { ...one, label: '17' } : one,
  );
  expect(channels.map((one) => labelOf(one, channels))).toEqual(['@nexo_ayuda', '@nexo_ayuda']);
  expect(troublesOf({ channels, road: road() }).map(({ label }) => label)).toEqual(['@nexo_ayuda']);
});

it('a queue stands where it leaves', () => {
  const oldestAt = '2026-11-22T09:00:00Z';
  const unsent: ChannelsHealth['unsent'] = [
    { channel: 'email', account: null, count: 2, oldestAt },
    { channel: 'twitter', account: '17', count: 3, oldestAt },
    { channel: 'twitter', account: '18', count: 4, oldestAt },
  ];
  expect(unsentOf(state('smtp-out'), unsent)?.count).toBe(2);
  expect(unsentOf(state('twitter:18:send'), unsent)?.count).toBe(4);
  expect(unsentOf(state('twitter:18:poll'), unsent)).toBeNull();
  expect(unsentOf(state('twitter:19:send'), unsent)).toBeNull();
});
