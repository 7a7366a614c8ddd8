import { Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { THREAD_REASONS, type Thread } from '#contracts';
import { ChannelGlyph } from '../app/glyphs.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import styles from './TargetPicker.module.css';

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
  const { language } = useLanguage();
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
          const why = thread.open || !thread.reason ? null : THREAD_REASONS[thread.reason][language];
          return (
            <Menu.Item
              key={thread.id}
              leftSection={<ChannelGlyph channel={thread.channel} size={16} />}
              rightSection={<Reach thread={thread} />}
              disabled={!thread.open}
              className={styles.way}
              onClick={() => onChoose(thread)}
            >
              {thread.address}
              {why ? <small className={styles.why}>{why}</small> : null}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
};
