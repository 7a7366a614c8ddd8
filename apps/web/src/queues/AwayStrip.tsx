import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Coffee, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { openDialog } from '../app/dialogs.js';
import { useNow } from '../app/now.js';
import { brief } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { awayQuery } from './awayRequests.js';
import { isReturnRead, returnRead } from './returnRead.js';
import { useComeBack } from './useComeBack.js';
import styles from './Away.module.css';

/** What was handed back is told of for so long. */
const TOLD_MS = 12 * 3_600_000;

/** Above the rows: that I am away; and once I am back, what was handed back. */
export const AwayStrip = () => {
  const { t, intl } = useWords();
  const now = useNow();
  const { comeBack, busy } = useComeBack();
  const [, setShown] = useState(false);
  const data = useQuery(awayQuery()).data;
  const { away, last } = data ?? {};
  const isAway = away && (away.until === null || Date.parse(away.until) > now);
  if (isAway)
    return (
      <p className={styles.strip} role="status">
        <Coffee size={14} aria-hidden />
        <span>
          {away.until
            ? t('away.strip.until', { reason: away.reason, when: brief(intl, away.until) })
            : t('away.strip', { reason: away.reason })}
        </span>
        <Button size="xs" loading={busy} onClick={() => void comeBack()}>
          {t('away.back')}
        </Button>
      </p>
    );
  const backAt = last ? (last.endedAt ?? last.until) : null;
  if (
    !last ||
    !backAt ||
    last.handedBack.length === 0 ||
    isReturnRead(last.since) ||
    now - Date.parse(backAt) > TOLD_MS
  )
    return null;
  const show = () => {
    returnRead(last.since);
    setShown(true);
    openDialog({ name: 'returned' });
  };
  return (
    <p className={styles.strip} role="status">
      <Undo2 size={14} aria-hidden />
      <span>{t('returned.strip', { count: last.handedBack.length })}</span>
      <Button size="xs" onClick={show}>
        {t('returned.show')}
      </Button>
    </p>
  );
};
