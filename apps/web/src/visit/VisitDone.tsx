import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { firstName } from '../case/caseContext.js';
import type { SavedVisit } from './visitDraft.js';
import { useWords } from '../i18n/Words.js';
import styles from './VisitDone.module.css';

/** Done: the reference large enough to be read across the counter. */
export const VisitDone = ({ saved, onNext }: { saved: SavedVisit; onNext: () => void }) => {
  const { t } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { answer, name, joined } = saved;
  return (
    <div className={styles.done}>
      <CircleCheck size={48} aria-hidden />
      <h1 ref={title} tabIndex={-1}>
        {t('visit.done')}
      </h1>
      <p>{t(joined ? 'visit.done.joined' : 'visit.done.opened', { name: firstName(name) })}</p>
      <output aria-label={t('visit.reference')}>{answer.caseReference}</output>
      <div className={styles.deeds}>
        <button type="button" onClick={onNext}>
          {t('visit.next')}
        </button>
        <Link to="/cases/$reference" params={{ reference: answer.caseReference }} search={{ view: 'open' }}>
          {t('visit.see')}
        </Link>
        <Link to="/receipt/$reference" params={{ reference: answer.caseReference }} target="_blank">
          {t('code.print')}
        </Link>
      </div>
    </div>
  );
};
