import { Copy } from 'lucide-react';
import type { Incident } from '#contracts';
import { LANGUAGE_NAMES } from '../app/languageSwitch.js';
import { notify } from '../app/notices.js';
import { useWords } from '../i18n/Words.js';
import styles from './Incident.module.css';

/** What to tell customers, in either language, to be read out or copied. */
export const Told = ({ told }: { told: Incident['told'] }) => {
  const { t } = useWords();
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    notify(t('incident.told.copied'));
  };
  return (
    <dl className={styles.told}>
      {(['es', 'en'] as const).map((language) => (
        <div key={language}>
          <dt>{LANGUAGE_NAMES[language]}</dt>
          <dd>
            <span lang={language}>{told[language]}</span>
            <button
              type="button"
              aria-label={t('incident.told.copy', { language: LANGUAGE_NAMES[language] })}
              onClick={() => void copy(told[language])}
            >
              <Copy size={14} aria-hidden />
            </button>
          </dd>
        </div>
      ))}
    </dl>
  );
};
