import type { ChannelsHealth, ChannelState, HealthReason } from '#contracts';

/** What of the channels' states is worth a word on every screen, and where to go about it. */

/** Slower, not broken: told on the page of the channels, not on every screen. */
const QUIET: readonly string[] = [
  'channel.rate_limited',
  'channel.webhook_invalid',
  'channel.silent',
] satisfies HealthReason[];

export interface Trouble {
  key: string;
  channel: ChannelState['channel'] | null;
  /** Null: the house itself. */
  label: string | null;
  reason: string;
  since: string | null;
}

/** Whose way it is: an account on X has several. */
const ownerOf = (key: string): string => (key.startsWith('twitter:') ? key.split(':').slice(0, 2).join(':') : key);

/** What people call it; an account by its handle wherever one of its ways knows it. */
export const labelOf = ({ key, label }: ChannelState, channels: readonly ChannelState[]): string =>
  key.startsWith('twitter:')
    ? (channels.find((other) => ownerOf(other.key) === ownerOf(key) && other.label.startsWith('@'))?.label ?? label)
    : label;

/** Broken now; an account that cannot be read, told or sent for one and the same reason counts once. */
export const troublesOf = ({ channels, road }: Pick<ChannelsHealth, 'channels' | 'road'>): Trouble[] => {
  const seen = new Set<string>();
  const broken = channels.flatMap((state) => {
    const { key, channel, reason, since } = state;
    const label = labelOf(state, channels);
    const once = `${ownerOf(key)} ${reason}`;
    if (state.state !== 'trouble' || !reason || QUIET.includes(reason) || seen.has(once)) return [];
    seen.add(once);
    return [{ key, channel, label, reason, since }];
  });
  const blocked = road.steps
    .filter(({ works }) => !works)
    .map(({ name, at }) => ({ key: `road:${name}`, channel: null, label: null, reason: `road.${name}`, since: at }));
  return [...blocked, ...broken];
};

/** The same while nothing changed: what somebody put aside stays aside that long. A worker's last sign does not count. */
export const signatureOf = (troubles: readonly Trouble[]): string =>
  troubles.map(({ key, reason, since, channel }) => `${key} ${reason} ${channel ? since : ''}`).join('\n');

type ChannelKind = 'smtp_in' | 'smtp_out' | 'imap' | 'poll' | 'webhook' | 'send' | 'usual' | 'other';

/** What a state is of, by its key (contracts, ChannelState). */
export const kindOf = (key: string): ChannelKind => {
  if (key === 'smtp-in') return 'smtp_in';
  if (key === 'smtp-out') return 'smtp_out';
  if (key.startsWith('imap:')) return 'imap';
  if (key.startsWith('usual:')) return 'usual';
  const last = key.split(':').at(-1);
  return last === 'poll' || last === 'webhook' || last === 'send' ? last : 'other';
};

/** Where the settings of a channel are; null where there are none in the product. */
export const settingsOf = (key: string): '/channels/mailboxes' | '/channels/twitter' | null => {
  if (key.startsWith('imap:')) return '/channels/mailboxes';
  return key.startsWith('twitter:') ? '/channels/twitter' : null;
};

/** The queue of what has not left by this way: all mail leaves by the relay, X by each account. */
export const unsentOf = ({ key, channel }: ChannelState, unsent: ChannelsHealth['unsent']) => {
  const kind = kindOf(key);
  if (kind === 'smtp_out') return unsent.find((queue) => queue.channel === 'email') ?? null;
  if (kind !== 'send') return null;
  const userId = key.split(':')[1];
  const own = unsent.filter((queue) => queue.channel === channel);
  return (
    own.find(({ account }) => account === userId) ?? (own.length === 1 && own[0]?.account === null ? own[0] : null)
  );
};
