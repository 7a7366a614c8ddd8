import { Lock } from 'lucide-react';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import type { ComposerTab } from './drafts.js';
import styles from './Composer.module.css';

const TABS: ComposerTab[] = ['customer', 'partner', 'internal'];

/** For whom one writes; each audience has its own colour and shape. */
export const ComposerTabs = ({ tab, onChoose }: { tab: ComposerTab; onChoose: (tab: ComposerTab) => void }) => {
  const { t } = useWords();
  const partners = useMay()('handoff.work');
  return (
    <div role="tablist" aria-label={t('composer.audience')} className={styles.tabs}>
      {TABS.filter((choice) => partners || choice !== 'partner').map((choice) => (
        <button
          key={choice}
          type="button"
          role="tab"
          id={`tab-${choice}`}
          aria-selected={tab === choice}
          aria-controls="composer-text"
          data-tab={choice}
          onClick={() => onChoose(choice)}
        >
          {choice === 'internal' ? <Lock size={12} aria-hidden /> : null}
          {t(`composer.${choice}`)}
        </button>
      ))}
    </div>
  );
};
