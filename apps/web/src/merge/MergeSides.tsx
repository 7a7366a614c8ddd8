import type { MergeChoices, MergeField, MergePerson, MergePreview, MergeSide } from '#contracts';
import { Avatar } from '../app/Avatar.js';
import { TierGlyph } from '../app/glyphs.js';
import { useWords } from '../i18n/Words.js';
import { day } from '../i18n/moments.js';
import styles from './Merge.module.css';

const Side = ({ person, side }: { person: MergePerson; side: MergeSide }) => {
  const { t, intl } = useWords();
  const { openCase, problems, lacks } = person;
  return (
    <section className={styles.side} data-side={side} aria-label={person.displayName}>
      <p className={styles.role}>{t(`merge.side.${side}`)}</p>
      <div className={styles.who}>
        <Avatar name={person.displayName} size={28} />
        <div>
          <h3>{person.displayName}</h3>
          <p>
            <TierGlyph tier={person.tier} label="" /> {t(`tier.${person.tier}`)} ·{' '}
            {t(`merge.language.${person.language}`)}
          </p>
        </div>
      </div>
      <dl>
        <dt>{t('merge.since')}</dt>
        <dd>
          {day(intl, person.since)}
          {person.provisional ? ` · ${t('merge.provisional')}` : ''}
        </dd>
        <dt>{t('merge.addresses')}</dt>
        <dd>
          {person.contactPoints.map(({ id, handle, display }) => (
            <span key={id}>{handle ? `@${handle}` : display}</span>
          ))}
          {person.contactPoints.length === 0 ? t('context.no_contact') : null}
        </dd>
        <dt>{t('merge.open_case')}</dt>
        <dd>
          {openCase ? (
            <>
              <span>
                {openCase.reference} · {t(`status.${openCase.status}`)}
              </span>
              {openCase.assignee ? <span>{openCase.assignee.displayName}</span> : null}
              {openCase.unread > 0 ? <span>{t('merge.unread', { count: openCase.unread })}</span> : null}
            </>
          ) : (
            t('merge.no_open_case')
          )}
        </dd>
        <dt>{t('merge.problems')}</dt>
        <dd>
          {problems.map(({ id, statement }) => (
            <span key={id}>{statement}</span>
          ))}
          {lacks.length > 0 ? (
            <span className={styles.lacks}>
              {t('merge.without', { list: lacks.map((kind) => t(`impact.${kind}`).toLocaleLowerCase()).join(', ') })}
            </span>
          ) : null}
          {problems.length === 0 && lacks.length === 0 ? '—' : null}
        </dd>
        <dt>{t('merge.past')}</dt>
        <dd>{intl.formatNumber(person.pastCases)}</dd>
      </dl>
    </section>
  );
};

interface Props {
  preview: MergePreview;
  choices: MergeChoices;
  onChoose: (field: MergeField, side: MergeSide) => void;
}

/** Both sides beside each other, and whose word stands where they say something else. */
export const MergeSides = ({ preview, choices, onChoose }: Props) => {
  const { t } = useWords();
  const { kept, taken, conflicts } = preview;
  const words = (field: MergeField, value: string): string => {
    if (field === 'tier') return t(`tier.${value as MergePerson['tier']}`);
    return field === 'language' ? t(`merge.language.${value as MergePerson['language']}`) : value;
  };
  return (
    <>
      <div className={styles.sides}>
        <Side person={kept} side="kept" />
        <Side person={taken} side="taken" />
      </div>
      <p className={styles.result}>
        {t(kept.openCase && taken.openCase ? 'merge.result.joined' : 'merge.result.all', {
          name: kept.displayName,
          kept: kept.openCase?.reference ?? '',
          taken: taken.openCase?.reference ?? '',
        })}
      </p>
      {conflicts.map(({ field, ...said }) => (
        <fieldset key={field} className={styles.conflict}>
          <legend>{t(`merge.field.${field}`)}</legend>
          {(['kept', 'taken'] as const).map((side) => (
            <label key={side}>
              <input
                type="radio"
                name={`merge-${field}`}
                checked={(choices[field] ?? 'kept') === side}
                onChange={() => onChoose(field, side)}
              />
              <span>{words(field, said[side])}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </>
  );
};
