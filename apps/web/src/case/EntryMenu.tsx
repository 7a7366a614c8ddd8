import { Menu } from '@mantine/core';
import {
  Bookmark,
  Ellipsis,
  ExternalLink,
  FileDown,
  FolderInput,
  Forward,
  Link2,
  MessageCircle,
  Scissors,
  Undo2,
} from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail, InteractionEntry } from '#contracts';
import { invite, originalUrl, undo } from '../api/requests.js';
import { failureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useMay } from '../app/session.js';
import { openHandoffDialog } from '../handoff/handoffDialogs.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { restoreDraft } from './drafts.js';
import { isOver } from './stage.rules.js';
import { canBeTakenBack, hasOriginalFor, isLocal } from './timeline.rules.js';
import { removeEntry, settleEntry } from './timelineCache.js';
import { openStoryDialog } from '../story/storyDialogs.js';
import styles from './EntryMarks.module.css';

const MoveEntry = lazy(() => import('./MoveEntry.js'));
const SplitDialog = lazy(() => import('../merge/SplitDialog.js'));

interface Props {
  entry: InteractionEntry;
  detail: CaseDetail;
}

/** Takes a reply back that waits for its turn: everything in it is in the composer again. */
const useTakeBack = ({ entry, detail }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  return async () => {
    try {
      await undo(entry.id);
      removeEntry(client, detail.id, entry.id);
      const attachments = entry.attachments.map((file) => ({ ...file, sha256: '' }));
      restoreDraft(detail.id, 'customer', { text: entry.text, attachments, threadId: entry.threadId });
      notify(t('undo.restored'));
    } catch (error) {
      notify(failureText(error, language, t).message);
    }
  };
};

/** Asks somebody who called us in public to write in private, where everybody can read it. */
const useInvite = ({ entry, detail }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  return async () => {
    try {
      const answer = await invite(detail.id, entry.id);
      settleEntry(client, detail.id, answer.id, answer);
      notify(t('entry.invited'));
    } catch (error) {
      notify(failureText(error, language, t).message);
    }
  };
};

/** What can be done with one entry. */
export const EntryMenu = ({ entry, detail }: Props) => {
  const { t } = useWords();
  const may = useMay();
  const [moving, setMoving] = useState(false);
  const [splitting, setSplitting] = useState(false);
  const takeBack = useTakeBack({ entry, detail });
  const inviting = useInvite({ entry, detail });
  const invitable = entry.direction === 'inbound' && entry.public !== null && may('case.reply');
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
          {canBeTakenBack(entry) && may('case.reply') ? (
            <Menu.Item leftSection={<Undo2 size={16} />} onClick={() => void takeBack()}>
              {t('entry.take_back')}
            </Menu.Item>
          ) : null}
          {movable ? (
            <Menu.Item leftSection={<FolderInput size={16} />} onClick={() => setMoving(true)}>
              {t('move.open')}
            </Menu.Item>
          ) : null}
          {movable && may('customer.merge') ? (
            <Menu.Item leftSection={<Scissors size={16} />} onClick={() => setSplitting(true)}>
              {t('split.entry')}
            </Menu.Item>
          ) : null}
          {invitable ? (
            <Menu.Item leftSection={<MessageCircle size={16} />} onClick={() => void inviting()}>
              {t('entry.invite')}
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
          {hasOriginalFor(entry, may('goodwill.approve')) ? (
            <Menu.Item component="a" href={originalUrl(entry.id)} download leftSection={<FileDown size={16} />}>
              {t('entry.original')}
            </Menu.Item>
          ) : null}
          {may('handoff.work') && detail.handoffs.length > 0 && !isOver(detail.status) ? (
            <Menu.Item
              leftSection={<Forward size={16} />}
              onClick={() => openHandoffDialog({ name: 'share', text: entry.text, from: 'talk' })}
            >
              {t('entry.share')}
            </Menu.Item>
          ) : null}
          {may('case.note') ? (
            <Menu.Item
              leftSection={<Bookmark size={16} />}
              onClick={() => openStoryDialog({ name: 'add', entryId: entry.id, text: entry.text.slice(0, 500) })}
            >
              {t('story.add.entry')}
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
      {splitting ? (
        <Suspense fallback={null}>
          <SplitDialog detail={detail} entryId={entry.id} onClose={() => setSplitting(false)} />
        </Suspense>
      ) : null}
    </>
  );
};
