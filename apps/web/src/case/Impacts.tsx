import { Check, Smartphone } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { ImpactGlyph } from '../inbox/ImpactGlyph.js';
import styles from './Impacts.module.css';

/** What the customer lacks: open ones struck and bold, relieved ones quiet, restored ones ticked. */
export const Impacts = ({ impacts }: { impacts: CaseDetail['impacts'] }) => {
  const { t } = useWords();
  if (impacts.length === 0) return null;
  return (
    <ul className={styles.impacts} aria-label={t('impact.title')}>
      {impacts.map(({ id, kind, state }) => (
        <li key={id} data-state={state} title={t(`impact.${state}`, { kind: t(`impact.${kind}`) })}>
          {state === 'restored' ? (
            <Check size={14} aria-hidden />
          ) : state === 'relieved' ? (
            <Smartphone size={14} aria-hidden />
          ) : (
            <ImpactGlyph kind={kind} />
          )}
          <span aria-hidden>{t(`impact.${kind}`)}</span>
          <span className="visually-hidden">{t(`impact.${state}`, { kind: t(`impact.${kind}`) })}</span>
        </li>
      ))}
    </ul>
  );
};
