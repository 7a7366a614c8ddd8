import { EyeOff } from 'lucide-react';
import type { HandoffPreview } from '#contracts';
import { useWords } from '../i18n/Words.js';
import styles from './Handoff.module.css';

/** What they are told for which purpose, and what they are not. */
export const SharedFields = ({ preview, partner }: { preview: HandoffPreview; partner: string }) => {
  const { t } = useWords();
  const { shared, withheld } = preview;
  return (
    <div className={styles.shared}>
      {shared.length > 0 ? (
        <details>
          <summary>{t('handoff.share.why', { count: shared.length })}</summary>
          <dl>
            {shared.map(({ field, purpose, known }) => (
              <div key={field}>
                <dt>{t(`handoff.share.${field}`)}</dt>
                <dd>{known ? purpose : t('handoff.share.unknown')}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
      {withheld.length > 0 ? (
        <p>
          <EyeOff size={14} aria-hidden />
          <span>
            <b>{t('handoff.share.withheld', { partner })}</b>{' '}
            {withheld.map((field) => t(`handoff.share.${field}`).toLocaleLowerCase()).join(', ')}
          </span>
        </p>
      ) : null}
    </div>
  );
};
