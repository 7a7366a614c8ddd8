import { Menu } from '@mantine/core';
import { Ellipsis, ExternalLink, FileDown, FolderInput, Link2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail, InteractionEntry } from '#contracts';
import { originalUrl } from '../api/requests.js';
import { notify } from '../app/notices.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { isLocal } from './timeline.rules.js';
import styles from './EntryMarks.module.css';

const MoveEntry = lazy(() => import('./MoveEntry.js'));

interface Props {
  entry: InteractionEntry;
  detail: CaseDetail;
}

/** What can be done with one entry. */
export const EntryMenu = ({ entry, detail }: Props) => {
  const { t } = useWords();
  const may = useMay();
  const [moving, setMoving] = useState(false);
  const movable = entry.direction === 'inbound' && may('case.move_entry');
  if (isLocal(entry)) return null;
  const copyLink = async () => {
    await navigator.clipboard.writeText(`${window.location.origin}/cases/${detail.reference}#entry-${entry.id}`);
    notify(t('case.link_copied'));
  };
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <button
            type="button"
            className={styles.more}
            aria-label={t('entry.more', { name: entry.author.displayName })}
          >
            <Ellipsis size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {movable ? (
            <Menu.Item leftSection={<FolderInput size={16} />} onClick={() => setMoving(true)}>
              {t('move.open')}
            </Menu.Item>
          ) : null}
          {entry.public?.url ? (
            <Menu.Item
              component="a"
              href={entry.public.url}
              target="_blank"
              rel="noreferrer noopener"
              leftSection={<ExternalLink size={16} />}
            >
              {t('entry.public.open')}
            </Menu.Item>
          ) : null}
          {entry.hasOriginal ? (
            <Menu.Item component="a" href={originalUrl(entry.id)} download leftSection={<FileDown size={16} />}>
              {t('entry.original')}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<Link2 size={16} />} onClick={() => void copyLink()}>
            {t('entry.copy_link')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {moving ? (
        <Suspense fallback={null}>
          <MoveEntry entry={entry} detail={detail} onClose={() => setMoving(false)} />
        </Suspense>
      ) : null}
    </>
  );
};
