import { Bookmark } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { useWords, type Key } from '../i18n/Words.js';
import styles from './Story.module.css';

const QUESTIONS: Partial<Record<string, Key>> = {
  broke: 'story.broke',
  lost: 'story.lost',
  tried: 'story.tried',
  decided: 'story.decided',
  promised: 'story.promised',
  owed: 'story.owed',
};

/** What has been told once and need not be asked again, above the timeline; each fact leads to where it was said. */
export const Story = ({ story }: Pick<CaseDetail, 'story'>) => {
  const { t } = useWords();
  if (story.length === 0) return null;
  return (
    <section className={styles.story} aria-labelledby="story">
      <h2 id="story">
        <Bookmark size={14} /> {t('case.story')}
      </h2>
      <dl>
        {story.map(({ kind, text, entryId }, index) => {
          const question = QUESTIONS[kind];
          return (
            <div key={`${kind}-${index}`}>
              <dt>{question ? t(question) : kind}</dt>
              <dd>
                {text}
                {entryId ? <a href={`#entry-${entryId}`}>{index + 1}</a> : null}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
};
