import { ArrowDown } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { CaseDetail, TimelineEntry } from '#contracts';
import { Trouble } from '../app/Trouble.js';
import { TalkLine } from '../handoff/TalkLine.js';
import { useTalk } from '../handoff/useTalk.js';
import { useWords } from '../i18n/Words.js';
import { calendarDay } from '../i18n/moments.js';
import { SaidContext } from './caseContext.js';
import { DayLine, NewLine } from './DayLine.js';
import { Entry } from './Entry.js';
import { EventRun } from './EventRun.js';
import { blocksOf, filtered, saidAs, type TimelineFilter } from './timeline.rules.js';
import { useTimelineScroll } from './useTimelineScroll.js';
import type { OpenedTimeline } from './useOpened.js';
import styles from './Timeline.module.css';

const FILTERS: TimelineFilter[] = ['all', 'conversation', 'internal'];

interface Props {
  detail: CaseDetail;
  timeline: OpenedTimeline;
  entries: TimelineEntry[];
  unseenId: string | null;
}

/** All channels on one thread, oldest first, opened where the unseen begins. */
export const Timeline = ({ detail, timeline, entries, unseenId }: Props) => {
  const { t, intl } = useWords();
  const [filter, setFilter] = useState<TimelineFilter>('all');
  const talk = useTalk(detail, entries, timeline.hasNextPage);
  const shown = useMemo(() => filtered(talk.entries, filter), [talk.entries, filter]);
  const blocks = useMemo(() => blocksOf(shown, unseenId, (at) => calendarDay(intl, at)), [shown, unseenId, intl]);
  const said = useCallback((externalId: string) => entries.find(saidAs(externalId)), [entries]);
  const ready = timeline.isSuccess && talk.isKnown;
  const { scroller, below, toEnd, onScroll, onUnfold } = useTimelineScroll(shown.at(-1), ready);

  return (
    <section className={styles.timeline} aria-label={t('timeline.label')}>
      <div className={styles.filters} role="group" aria-label={t('timeline.filter')}>
        {FILTERS.map((choice) => (
          <button key={choice} type="button" aria-pressed={choice === filter} onClick={() => setFilter(choice)}>
            {t(`timeline.${choice}`)}
          </button>
        ))}
      </div>
      <div className={styles.scroller} ref={scroller} onScroll={onScroll} onClickCapture={onUnfold} tabIndex={0}>
        {timeline.isError && entries.length === 0 ? (
          <Trouble what={t('error.timeline')} error={timeline.error} onRetry={() => void timeline.refetch()} />
        ) : null}
        {timeline.hasNextPage ? (
          <button
            type="button"
            className={styles.older}
            disabled={timeline.isFetchingNextPage}
            onClick={() => void timeline.fetchNextPage()}
          >
            {t(timeline.isFetchingNextPage ? 'app.loading' : 'timeline.older')}
          </button>
        ) : null}
        {ready && shown.length === 0 ? (
          <p className={styles.nothing}>{t(filter === 'internal' ? 'timeline.empty.internal' : 'timeline.empty')}</p>
        ) : null}
        {ready && shown.length > 0 ? (
          <SaidContext value={said}>
            <ol className={styles.thread}>
              {blocks.map((block) => {
                if (block.kind === 'day') return <DayLine key={block.key} at={block.at} isNew={block.isNew} />;
                if (block.kind === 'new') return <NewLine key={block.key} />;
                if (block.kind === 'talk') return <TalkLine key={block.key} talk={block.talk} detail={detail} />;
                if (block.kind === 'events') return <EventRun key={block.key} events={block.events} />;
                return <Entry key={block.key} entry={block.entry} detail={detail} />;
              })}
            </ol>
          </SaidContext>
        ) : null}
      </div>
      {below === null ? null : (
        <button type="button" className={styles.latest} onClick={toEnd}>
          <ArrowDown size={14} /> {t('timeline.latest', { count: below })}
        </button>
      )}
    </section>
  );
};
