import { useWords } from '../i18n/Words.js';
import { groupedImei } from './visit.rules.js';
import type { ChangeVisit, VisitDraft } from './visitDraft.js';
import styles from './Listen.module.css';

interface Props {
  draft: VisitDraft;
  change: ChangeVisit;
  /** What is wrong with the IMEI. */
  problem: string | null;
}

/** Which device it is about, as far as they know. */
export const Device = ({ draft, change, problem }: Props) => {
  const { t } = useWords();
  return (
    <div className={styles.pair}>
      <label className={styles.field}>
        <span className={styles.label}>{t('visit.imei')}</span>
        <input
          inputMode="numeric"
          autoComplete="off"
          value={draft.imei}
          aria-invalid={problem ? true : undefined}
          onChange={(event) => change({ imei: groupedImei(event.currentTarget.value) })}
        />
        <small>{t('visit.imei.lead')}</small>
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      </label>
      <label className={styles.field}>
        <span className={styles.label}>{t('visit.model')}</span>
        <input value={draft.model} onChange={(event) => change({ model: event.currentTarget.value })} />
      </label>
    </div>
  );
};
