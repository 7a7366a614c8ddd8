import { X } from 'lucide-react';
import { QuoteLineKind } from '#contracts';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { centsOf, type LineTyped } from './quoteForm.rules.js';
import styles from './Repairs.module.css';

interface Props {
  line: LineTyped;
  place: number;
  currency: string;
  set: (change: Partial<LineTyped>) => void;
  /** Null: it is the last one. */
  onRemove: (() => void) | null;
}

/** One line of a quote; below the list it asks where the price comes from. */
export const QuoteLineFields = ({ line, place, currency, set, onRemove }: Props) => {
  const { t } = useWords();
  const [list, agreed] = [centsOf(line.list, currency), centsOf(line.agreed, currency)];
  const cut = line.agreed.trim() !== '' && list !== null && agreed !== null && agreed < list;
  const wrong = agreed !== null && list !== null && agreed > list;
  const labelled = (word: string) => `${word}, ${t('quote.line', { number: place + 1 })}`;
  return (
    <div className={styles.line}>
      <label className={forms.field}>
        <span>{t('quote.line.what')}</span>
        <input
          aria-label={labelled(t('quote.line.what'))}
          maxLength={200}
          value={line.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
      </label>
      <label className={forms.field}>
        <span>{t('quote.line.kind')}</span>
        <select
          aria-label={labelled(t('quote.line.kind'))}
          value={line.kind}
          onChange={(event) => set({ kind: event.currentTarget.value as QuoteLineKind })}
        >
          {QuoteLineKind.options.map((kind) => (
            <option key={kind} value={kind}>
              {t(`quote.kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('quote.line.quantity')}</span>
        <input
          aria-label={labelled(t('quote.line.quantity'))}
          inputMode="numeric"
          value={line.quantity}
          onChange={(event) => set({ quantity: event.currentTarget.value })}
        />
      </label>
      <label className={forms.field}>
        <span>{t('quote.line.list')}</span>
        <input
          aria-label={labelled(t('quote.line.list'))}
          inputMode="decimal"
          aria-invalid={list === null}
          value={line.list}
          onChange={(event) => set({ list: event.currentTarget.value })}
        />
      </label>
      <label className={forms.field}>
        <span>{t('quote.line.agreed')}</span>
        <input
          aria-label={labelled(t('quote.line.agreed'))}
          inputMode="decimal"
          aria-invalid={agreed === null || wrong}
          value={line.agreed}
          onChange={(event) => set({ agreed: event.currentTarget.value })}
        />
      </label>
      <button
        type="button"
        aria-label={labelled(t('quote.line.remove'))}
        disabled={!onRemove}
        onClick={() => onRemove?.()}
      >
        <X size={16} aria-hidden style={{ verticalAlign: 'middle' }} />
      </button>
      {cut ? (
        <label className={`${forms.field} ${styles.wide}`}>
          <span>{t('quote.line.agreement')}</span>
          <input
            aria-label={labelled(t('quote.line.agreement'))}
            maxLength={200}
            value={line.agreement}
            onChange={(event) => set({ agreement: event.currentTarget.value })}
          />
        </label>
      ) : null}
    </div>
  );
};
