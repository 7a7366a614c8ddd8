import type { CaseDetail, InteractionEntry } from '#contracts';
import { ChannelGlyph } from '../app/glyphs.js';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import styles from './Merge.module.css';

export interface Chosen {
  problemId: string | null;
  entryIds: string[];
}

interface Props {
  detail: CaseDetail;
  entries: InteractionEntry[];
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
}

/** What goes: one of the problems, with its impacts, and any of the entries. */
export const SplitWhat = ({ detail, entries, chosen, onChosen }: Props) => {
  const { t, intl } = useWords();
  const { problemId, entryIds } = chosen;
  return (
    <fieldset className={styles.what}>
      <legend>{t('split.what')}</legend>
      {detail.problems.map(({ id, statement }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={problemId === id}
            onChange={(event) => onChosen({ ...chosen, problemId: event.currentTarget.checked ? id : null })}
          />
          <span>
            <b>{statement}</b>
            <small>{t('split.problem')}</small>
          </span>
        </label>
      ))}
      {entries.map((entry) => (
        <label key={entry.id}>
          <input
            type="checkbox"
            checked={entryIds.includes(entry.id)}
            onChange={(event) =>
              onChosen({
                ...chosen,
                entryIds: event.currentTarget.checked
                  ? [...entryIds, entry.id]
                  : entryIds.filter((one) => one !== entry.id),
              })
            }
          />
          <span>
            <span className={styles.words}>{entry.text || entry.subject || t(`channel.${entry.channel}`)}</span>
            <small>
              <ChannelGlyph channel={entry.channel} size={12} /> {entry.author.displayName} · {moment(intl, entry.at)}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  );
};
