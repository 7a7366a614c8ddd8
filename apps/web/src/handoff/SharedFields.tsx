import { EyeOff } from 'lucide-react';
import { SHARE_FIELD_WORDS, type HandoffPreview } from '#contracts';
import { useLanguage, useWords } from '../i18n/Words.js';
import styles from './Handoff.module.css';

/** What they are told for which purpose, and what they are not. */
export const SharedFields = ({ preview, partner }: { preview: HandoffPreview; partner: string }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { shared, withheld } = preview;
  return (
    <div className={styles.shared}>
      {shared.length > 0 ? (
        <details>
          <summary>{t('handoff.share.why', { count: shared.length })}</summary>
          <dl>
            {shared.map(({ field, purpose, known }) => (
              <div key={field}>
                <dt>{SHARE_FIELD_WORDS[field][language]}</dt>
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
            {withheld.map((field) => SHARE_FIELD_WORDS[field][language]).join(' · ')}
          </span>
        </p>
      ) : null}
    </div>
  );
};
