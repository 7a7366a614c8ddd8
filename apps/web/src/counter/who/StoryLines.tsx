import { Bookmark, CircleDot, Hammer, ListChecks, Smartphone } from 'lucide-react';
import { factText, type CaseDetail, type FactKind } from '#contracts';
import { useLanguage, useWords } from '../../i18n/Words.js';
import { day, moment } from '../../i18n/moments.js';
import { ImpactGlyph } from '../../inbox/ImpactGlyph.js';
import styles from '../Counter.module.css';

const GLYPHS: Record<Exclude<FactKind, 'lost'>, typeof Bookmark> = {
  ...{ broke: Smartphone, tried: Hammer, decided: ListChecks, promised: Bookmark, owed: CircleDot },
};
const MOST = 6;

/** What somebody has told already, in words large enough to be read across the counter. */
export const StoryLines = ({ detail }: { detail: CaseDetail }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const told = detail.story.filter(({ kind }) => kind !== 'lost').slice(0, MOST);
  const lacks = detail.lacks.map((kind) => t(`impact.${kind}`).toLocaleLowerCase(language));
  return (
    <ul className={styles.story}>
      {told.length === 0 || !told.some(({ kind }) => kind === 'broke') ? (
        <li>
          <Smartphone size={22} aria-hidden /> {detail.problem || t('queue.no_problem')}
        </li>
      ) : null}
      {told.map((fact) => {
        const Glyph = GLYPHS[fact.kind as keyof typeof GLYPHS];
        const when = fact.promise ? moment(intl, fact.promise.dueAt) : day(intl, fact.at);
        return (
          <li key={fact.id}>
            <Glyph size={22} aria-hidden />
            <span>
              {fact.kind === 'broke' ? null : `${t(`story.${fact.kind}`)}: `}
              {factText(fact, language)} <small>· {when}</small>
            </span>
          </li>
        );
      })}
      {lacks.length > 0 ? (
        <li>
          <ImpactGlyph kind={detail.lacks[0] ?? 'other'} size={22} />
          <span>{t('counter.without', { what: intl.formatList(lacks) })}</span>
        </li>
      ) : null}
    </ul>
  );
};
