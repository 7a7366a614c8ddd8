import { Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import type { Thread } from '#contracts';
import { ChannelGlyph } from '../app/glyphs.js';
import { useWords, type Key } from '../i18n/Words.js';
import styles from './TargetPicker.module.css';

/** Why a way is closed, by the word the server gives. */
const CLOSED: Partial<Record<string, Key>> = {
  never_wrote: 'thread.never_wrote',
  call: 'thread.call',
  'recipient.closed': 'thread.recipient_closed',
};

const Reach = ({ thread }: { thread: Thread }) => {
  const { t } = useWords();
  return (
    <span className={styles.reach} data-open={thread.open || undefined}>
      {t(thread.open ? 'composer.open' : 'composer.closed')}
    </span>
  );
};

interface Props {
  paths: Thread[];
  chosen: Thread;
  onChoose: (thread: Thread) => void;
}

/** The way out: every live thread with whether it is open, before a word is typed. */
export const TargetPicker = ({ paths, chosen, onChoose }: Props) => {
  const { t } = useWords();
  return (
    <Menu position="top-end" width={300}>
      <Menu.Target>
        <button
          type="button"
          className={styles.target}
          aria-label={`${t('composer.target')}: ${t(`channel.${chosen.channel}.name`)} ${chosen.address}`}
        >
          <ChannelGlyph channel={chosen.channel} size={13} />
          <span className={styles.address}>{chosen.address}</span>
          <Reach thread={chosen} />
          <ChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('composer.target')}</Menu.Label>
        {paths.map((thread) => {
          const why = thread.reason ? CLOSED[thread.reason] : undefined;
          return (
            <Menu.Item
              key={thread.id}
              leftSection={<ChannelGlyph channel={thread.channel} size={16} />}
              rightSection={<Reach thread={thread} />}
              disabled={!thread.open}
              onClick={() => onChoose(thread)}
            >
              {thread.address}
              {!thread.open && why ? <small className={styles.why}>{t(why)}</small> : null}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
};
