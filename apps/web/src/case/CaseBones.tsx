import { useQueryClient } from '@tanstack/react-query';
import { Bone } from '../app/Bone.js';
import { useWords } from '../i18n/Words.js';
import { heldRow } from '../inbox/heldRows.js';
import header from './CaseHeader.module.css';
import styles from './CaseBones.module.css';

/** The case before it is here: what the list already knows, and bones of the rest at the same heights. */
export const CaseBones = ({ reference }: { reference: string }) => {
  const { t } = useWords();
  const row = heldRow(useQueryClient(), reference);
  return (
    <div className={styles.pane} role="status" aria-label={t('app.loading')}>
      <header className={header.head}>
        <div className={header.top}>
          {row ? <h1>{row.customer.displayName}</h1> : <Bone width={160} height={14} />}
          <span className={header.reference}>{reference}</span>
        </div>
        <div className={header.sub}>{row?.problem || <Bone width={260} />}</div>
        <div className={styles.stages}>
          <Bone width="100%" height={4} />
        </div>
      </header>
      <div className={styles.timeline}>
        <Bone width="46%" height={36} />
        <Bone width="62%" height={54} />
        <div className={styles.out}>
          <Bone width="52%" height={36} />
        </div>
        <Bone width="38%" height={36} />
      </div>
    </div>
  );
};
