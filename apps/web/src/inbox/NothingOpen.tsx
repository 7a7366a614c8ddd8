import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { CaseRow } from '#contracts';
import { Avatar } from '../app/Avatar.js';
import { Empty } from '../app/Empty.js';
import { useWords } from '../i18n/Words.js';
import { useDesk } from './deskContext.js';
import { useEmptyWords } from './useEmptyWords.js';
import { RowChip } from './RowChip.js';
import styles from './NothingOpen.module.css';

const NextRow = ({ row }: { row: CaseRow }) => {
  const { view } = useDesk();
  return (
    <Link to="/cases/$reference" params={{ reference: row.reference }} search={{ view }} className={styles.next}>
      <Avatar name={row.customer.displayName} size={28} />
      <span className={styles.words}>
        <b>{row.customer.displayName}</b> <span>{row.reference}</span>
        <small>{row.problem || row.preview}</small>
      </span>
      <RowChip row={row} />
    </Link>
  );
};

/** The place of the case while none is open: what the list is like, and the next row of it. */
export const NothingOpen = () => {
  const { t } = useWords();
  const { view, rows } = useDesk();
  const empty = useEmptyWords(view, rows.length === 0);
  // Whoever looks at the list opens a case next: its page is fetched while nothing else is being done.
  useEffect(() => {
    const timer = setTimeout(() => void import('../case/CasePane.js'), 1500);
    return () => clearTimeout(timer);
  }, []);
  const next = rows[0];
  const lead = t('empty.select.lead', { next: 'j', previous: 'k', enter: '↵' });
  return (
    <Empty title={next ? t('empty.select') : empty.title} lead={next ? lead : empty.lead}>
      {next ? <NextRow row={next} /> : null}
      {!next && view === 'mine' ? (
        <Button renderRoot={(props) => <Link {...props} to="/inbox" search={{ view: 'unassigned' }} />}>
          {t('empty.take')}
        </Button>
      ) : null}
      {!next && view !== 'mine' && view !== 'open' ? (
        <Button renderRoot={(props) => <Link {...props} to="/inbox" search={{ view: 'open' }} />}>
          {t('empty.all')}
        </Button>
      ) : null}
      {!next ? (
        <Button component={Link} to="/visit" variant="subtle" color="gray">
          {t('empty.visit')}
        </Button>
      ) : null}
    </Empty>
  );
};
