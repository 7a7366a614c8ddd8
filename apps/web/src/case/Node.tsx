import { Lock, Wrench } from 'lucide-react';
import type { Channel } from '#contracts';
import { ChannelGlyph } from '../app/glyphs.js';
import { useWords } from '../i18n/Words.js';
import styles from './Node.module.css';

/** The knot of an entry on the thread: its channel, or the lock of what stays inside. */
export const Node = ({ kind }: { kind: Channel | 'internal' | 'partner' }) => {
  const { t } = useWords();
  return (
    <span className={styles.node} data-kind={kind}>
      {kind === 'internal' ? (
        <Lock size={13} role="img" aria-label={t('entry.note')} />
      ) : kind === 'partner' ? (
        <Wrench size={13} role="img" aria-label={t('composer.partner')} />
      ) : (
        <ChannelGlyph channel={kind} size={13} aria-label={t(`channel.${kind}.name`)} />
      )}
    </span>
  );
};
