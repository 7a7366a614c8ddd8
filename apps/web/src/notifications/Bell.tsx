import { Popover, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Bell as BellGlyph } from 'lucide-react';
import { useState } from 'react';
import { countsQuery } from '../api/queries.js';
import { closeDialog, openDialog, useDialog } from '../app/dialogs.js';
import { useIsPhone } from '../app/phone.js';
import { useWords } from '../i18n/Words.js';
import { NotificationList } from './NotificationList.js';
import styles from './Notifications.module.css';

/** What is said aloud: that there is more than before, never that there is less. */
const useAnnouncement = (unread: number | undefined): string => {
  const { t } = useWords();
  const [known, setKnown] = useState<{ unread: number; said: string } | null>(null);
  if (unread !== undefined && known?.unread !== unread)
    setKnown({ unread, said: known && unread > known.unread ? t('notifications.came', { count: unread }) : '' });
  return known?.said ?? '';
};

interface Props {
  /** How places look where it stands. */
  className: string;
}

/** In the rail: how much somebody was told and has not read; opened, the list of it. */
export const Bell = ({ className }: Props) => {
  const { t, intl } = useWords();
  const unread = useQuery(countsQuery).data?.notifications;
  const opened = useDialog()?.name === 'notifications';
  const narrow = useIsPhone();
  const said = useAnnouncement(unread);
  const count = unread ?? 0;
  const label = count > 0 ? t('notifications.unread', { count }) : t('notifications.title');
  return (
    <>
      <span role="status" className="visually-hidden">
        {said}
      </span>
      <Popover
        opened={opened}
        onChange={(open) => (open ? openDialog({ name: 'notifications' }) : closeDialog())}
        position={narrow ? 'bottom-end' : 'right-end'}
        width={narrow ? 'min(380px, calc(100vw - 16px))' : 380}
        trapFocus
        returnFocus
        shadow="md"
        radius="lg"
        withinPortal
      >
        <Popover.Target>
          <Tooltip label={t('notifications.title')} position="right" disabled={opened}>
            <button
              type="button"
              className={className}
              aria-label={label}
              onClick={() => (opened ? closeDialog() : openDialog({ name: 'notifications' }))}
            >
              <BellGlyph size={20} />
              {count > 0 ? <em>{count > 99 ? '99+' : intl.formatNumber(count)}</em> : null}
            </button>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown className={styles.dropdown} aria-label={t('notifications.title')}>
          <NotificationList />
        </Popover.Dropdown>
      </Popover>
    </>
  );
};
