import { UserRoundPlus } from 'lucide-react';
import { Avatar } from '../app/Avatar.js';
import { useWords } from '../i18n/Words.js';
import type { VisitDraft } from './visitDraft.js';
import styles from './Listen.module.css';

/** Whose visit this is, and the way back. */
export const WhoIsHere = ({ draft, onChange }: { draft: VisitDraft; onChange: () => void }) => {
  const { t } = useWords();
  const { found } = draft;
  return (
    <div className={styles.who}>
      {found ? <Avatar name={found.displayName} size={40} /> : <UserRoundPlus size={24} aria-hidden />}
      <span>
        <b>{found?.displayName ?? t('visit.new')}</b>
        <small>
          {found?.openCase
            ? `${found.openCase.problem || t('queue.no_problem')} · ${found.openCase.reference}`
            : t('visit.no_case')}
        </small>
      </span>
      <button type="button" onClick={onChange}>
        {t('visit.change_person')}
      </button>
    </div>
  );
};
