import { Eye } from 'lucide-react';
import { TimelineFilter } from '#contracts';
import { useWords } from '../i18n/Words.js';
import styles from './Timeline.module.css';

interface Props {
  chosen: TimelineFilter;
  onChoose: (filter: TimelineFilter) => void;
}

/** What of the case is shown. In a narrow pane they scroll sideways. */
export const TimelineFilters = ({ chosen, onChoose }: Props) => {
  const { t } = useWords();
  return (
    <div className={styles.filters}>
      <div className={styles.choices} role="group" aria-label={t('timeline.filter')}>
        {TimelineFilter.options.map((filter) => (
          <button
            key={filter}
            type="button"
            aria-pressed={filter === chosen}
            onFocus={({ currentTarget }) => currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' })}
            onClick={({ currentTarget }) => {
              onChoose(filter);
              currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            }}
          >
            {filter === 'customer' ? <Eye size={13} aria-hidden /> : null}
            {t(`timeline.${filter}`)}
          </button>
        ))}
      </div>
    </div>
  );
};

/** A filter that finds nothing says of what there is none, and leads back. */
export const NothingShown = ({ filter, onAll }: { filter: TimelineFilter; onAll: () => void }) => {
  const { t } = useWords();
  return (
    <>
      <p>{t(`timeline.empty.${filter}`)}</p>
      {filter === 'all' ? null : (
        <button type="button" className={styles.back} onClick={onAll}>
          {t('timeline.show_all')}
        </button>
      )}
    </>
  );
};
