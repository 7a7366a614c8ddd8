import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, CirclePause } from 'lucide-react';
import type { ChannelsHealth, ChannelState } from '#contracts';
import { ChannelGlyph } from '../app/glyphs.js';
import { useNow } from '../app/now.js';
import { useMay } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { reasonWords } from './ChannelBanner.js';
import { kindOf, labelOf, settingsOf, unsentOf } from './health.rules.js';
import styles from './Channels.module.css';

const GLYPHS = { ok: CircleCheck, trouble: CircleAlert, stopped: CirclePause } as const;

const At = ({ at }: { at: string | null }) => {
  const { t, intl } = useWords();
  return at ? (
    <time dateTime={at} title={whole(intl, at)}>
      {moment(intl, at)}
    </time>
  ) : (
    <span className={styles.never}>{t('channels.never')}</span>
  );
};

const State = ({ channel }: { channel: ChannelState }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const now = useNow();
  const { state, reason, since, expiresAt, detail } = channel;
  const Glyph = GLYPHS[state];
  const expired = expiresAt !== null && Date.parse(expiresAt) < now;
  return (
    <>
      <span className={styles.state} data-state={state}>
        <Glyph size={14} aria-hidden /> {t(`channels.state.${state}`)}{' '}
        <small>{t('channels.since', { time: moment(intl, since) })}</small>
      </span>
      {reason ? <p>{reasonWords(reason, language)}</p> : null}
      {detail ? <small className={styles.detail}>{t('channels.detail', { detail })}</small> : null}
      {expiresAt ? (
        <small>{t(expired ? 'channels.expired' : 'channels.expires', { time: moment(intl, expiresAt) })}</small>
      ) : null}
    </>
  );
};

/** What goes one way only has nothing to say of the other. */
const goes = (key: string): { in: boolean; out: boolean } => {
  const kind = kindOf(key);
  return { in: kind !== 'smtp_out' && kind !== 'send', out: kind === 'smtp_out' || kind === 'send' };
};

const Row = ({ channel, health }: { channel: ChannelState; health: ChannelsHealth }) => {
  const { t, intl } = useWords();
  const may = useMay();
  const kind = kindOf(channel.key);
  const queue = unsentOf(channel, health.unsent);
  const settings = settingsOf(channel.key);
  const manages = settings === '/channels/mailboxes' ? may('mailbox.manage') : may('channel.manage');
  const ways = goes(channel.key);
  const label = labelOf(channel, health.channels);
  return (
    <tr data-state={channel.state}>
      <th scope="row" className={styles.name}>
        <ChannelGlyph channel={channel.channel} size={16} />
        <span>
          {kind === 'usual' ? t(`channel.${channel.channel}.name`) : label}
          <small>{t(`channels.kind.${kind}`)}</small>
        </span>
      </th>
      <td>
        <State channel={channel} />
      </td>
      <td data-label={ways.in ? t('channels.col.last_in') : undefined}>
        {ways.in ? <At at={channel.lastInAt} /> : null}
      </td>
      <td data-label={ways.out ? t('channels.col.last_out') : undefined}>
        {ways.out ? <At at={channel.lastOutAt} /> : null}
      </td>
      <td data-label={queue ? t('channels.col.unsent') : undefined}>
        {queue ? t('channels.unsent', { count: queue.count, time: moment(intl, queue.oldestAt) }) : null}
      </td>
      <td className={styles.deed}>
        {settings && manages ? (
          <Link to={settings}>
            {t(settings === '/channels/mailboxes' ? 'channels.deed.mailbox' : 'channels.deed.twitter')}
            <span className="visually-hidden"> {label}</span>
          </Link>
        ) : null}
      </td>
    </tr>
  );
};

/** Every way in and out, the broken ones first. */
export const ChannelTable = ({ health }: { health: ChannelsHealth }) => {
  const { t } = useWords();
  const rank = { trouble: 0, ok: 1, stopped: 2 } as const;
  const channels = health.channels.toSorted((one, other) => rank[one.state] - rank[other.state]);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('channels.col.channel')}</th>
          <th scope="col">{t('channels.col.state')}</th>
          <th scope="col">{t('channels.col.last_in')}</th>
          <th scope="col">{t('channels.col.last_out')}</th>
          <th scope="col">{t('channels.col.unsent')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('channels.col.deed')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <Row key={channel.key} channel={channel} health={health} />
        ))}
      </tbody>
    </table>
  );
};
