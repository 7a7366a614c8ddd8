import { Forward } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { useMay } from '../app/session.js';
import { isOver } from '../case/stage.rules.js';
import { useWords } from '../i18n/Words.js';
import { openHandoffDialog } from './handoffDialogs.js';
import styles from './Handoff.module.css';

/** Takes a note beyond the house: to whom and in which words is asked. */
export const ShareNote = ({ text, detail }: { text: string; detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  if (!may('handoff.work') || detail.handoffs.length === 0 || isOver(detail.status)) return null;
  return (
    <button
      type="button"
      className={styles.more}
      aria-label={t('entry.share')}
      title={t('entry.share')}
      onClick={() => openHandoffDialog({ name: 'share', text, from: 'note' })}
    >
      <Forward size={14} aria-hidden />
    </button>
  );
};
