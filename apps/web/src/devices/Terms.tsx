import { X } from 'lucide-react';
import type { WarrantyTermView } from '#contracts';
import { useWords } from '../i18n/Words.js';
import styles from './Devices.module.css';

/** A day without a time, as it is said. */
export const dayText = (locale: string, day: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

interface Props {
  terms: readonly WarrantyTermView[];
  /** With the clause each comes from. */
  whole?: boolean;
  /** Takes back one that somebody wrote down. */
  onRemove?: (term: WarrantyTermView & { id: string }) => void;
}

/** How long who answers for a phone. */
export const Terms = ({ terms, whole = false, onRemove }: Props) => {
  const { t, intl } = useWords();
  const day = (at: string) => dayText(intl.locale, at);
  const said = ({ state, startsOn, endsOn }: WarrantyTermView) => {
    if (state === 'over') return t('device.term.ended', { until: day(endsOn) });
    if (state === 'to_come') return t('device.term.begins', { from: day(startsOn), until: day(endsOn) });
    return t('device.term.until', { until: day(endsOn) });
  };
  return (
    <ul className={styles.terms}>
      {terms.map((term) => (
        <li key={`${term.kind} ${term.id ?? term.provider ?? ''}`} data-state={term.state}>
          <span>
            {t(`device.term.${term.kind}`)}
            {(whole || term.id) && term.provider ? ` · ${term.provider}` : null}
            {whole && term.number ? ` · ${term.number}` : null}
          </span>
          <span>{said(term)}</span>
          {onRemove && term.id ? (
            <button
              type="button"
              className={styles.remove}
              aria-label={t('device.term.remove', { name: `${t(`device.term.${term.kind}`)} ${term.provider ?? ''}` })}
              onClick={() => onRemove({ ...term, id: term.id ?? '' })}
            >
              <X size={14} aria-hidden />
            </button>
          ) : null}
          {term.suspendedDays > 0 ? <small>{t('device.term.suspended', { count: term.suspendedDays })}</small> : null}
          {whole && term.clause ? (
            <small>
              {term.url ? (
                <a href={term.url} target="_blank" rel="noreferrer">
                  {term.clause}
                </a>
              ) : (
                term.clause
              )}
              {term.source ? ` · ${term.source}` : null}
            </small>
          ) : null}
        </li>
      ))}
    </ul>
  );
};
