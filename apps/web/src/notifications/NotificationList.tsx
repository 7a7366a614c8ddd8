import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { CheckCheck, Settings2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { ReadNotificationsBody } from '#contracts';
import { Bone } from '../app/Bone.js';
import { openDialog } from '../app/dialogs.js';
import { Empty } from '../app/Empty.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { notificationsQuery, readNotifications } from './notificationRequests.js';
import { refreshNotifications } from './notificationsBell.js';
import { NotificationLine } from './NotificationLine.js';
import styles from './Notifications.module.css';

/** The arrows walk through the lines. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-line]')];
  const at = lines.findIndex((line) => line === document.activeElement);
  lines.at(at < 0 ? 0 : (at + step) % lines.length)?.focus();
};

/** What somebody was told, a line for each case, newest first. */
export const NotificationList = () => {
  const { t } = useWords();
  const client = useQueryClient();
  const { run, busy } = useDeed();
  const told = useInfiniteQuery(notificationsQuery);
  const groups = told.data?.pages.flatMap(({ items }) => items) ?? [];
  const unread = told.data?.pages[0]?.unread ?? 0;
  const read = (which: ReadNotificationsBody) =>
    run(async () => {
      await readNotifications(which);
      await refreshNotifications(client);
    }, false);
  return (
    <section className={styles.list} aria-busy={told.isPending} onKeyDown={walk}>
      <header className={styles.head}>
        <h2>{t('notifications.title')}</h2>
        <button
          type="button"
          className={styles.deed}
          disabled={unread === 0 || busy}
          onClick={() => void read({ all: true })}
          data-autofocus
        >
          <CheckCheck size={16} />
          {t('notifications.read_all')}
        </button>
        <button
          type="button"
          className={styles.deed}
          aria-label={t('notifications.settings')}
          onClick={() => openDialog({ name: 'notification-settings' })}
        >
          <Settings2 size={16} />
        </button>
      </header>
      {told.isError ? (
        <Trouble what={t('notifications.error')} error={told.error} onRetry={() => void told.refetch()} />
      ) : told.isPending ? (
        <div className={styles.bones}>
          {[180, 240, 200].map((width) => (
            <Bone key={width} width={width} height={12} />
          ))}
        </div>
      ) : groups.length === 0 ? (
        <Empty small title={t('notifications.empty')} lead={t('notifications.empty.lead')} />
      ) : (
        <ul className={styles.lines}>
          {groups.map((group) => (
            <NotificationLine key={group.key} group={group} onRead={(which) => void read(which)} />
          ))}
          {told.hasNextPage ? (
            <li className={styles.more}>
              <Button size="xs" loading={told.isFetchingNextPage} onClick={() => void told.fetchNextPage()}>
                {t('notifications.more')}
              </Button>
            </li>
          ) : null}
        </ul>
      )}
    </section>
  );
};
