import { ArrowDown, Eye } from 'lucide-react';
import { useCallback, useMemo } from 'react';
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
import { jumpTo } from './jump.js';
import { NothingShown, TimelineFilters } from './TimelineFilters.js';
import { blocksOf, filtered, saidAs } from './timeline.rules.js';
import { useFiltered, type Filtered } from './useFiltered.js';
import { useReveal } from './useReveal.js';
import { useTimelineScroll } from './useTimelineScroll.js';
import type { OpenedTimeline } from './useOpened.js';
import type { Shown } from './useShown.js';
import styles from './Timeline.module.css';

interface Props {
  detail: CaseDetail;
  timeline: OpenedTimeline;
  entries: TimelineEntry[];
  shown: Shown;
  unseenId: string | null;
}

/** All channels on one thread, oldest first, opened where the unseen begins. */
export const Timeline = ({ detail, timeline, entries, shown: chosen, unseenId }: Props) => {
  const { t, intl } = useWords();
  const { filter, setFilter, hidden } = chosen;
  const held = useFiltered(detail.id, timeline, entries, filter);
  const talk = useTalk(detail, held.entries, held.hasOlder);
  useReveal(talk.entries, chosen);
  const shown = useMemo(() => filtered(talk.entries, filter), [talk.entries, filter]);
  const blocks = useMemo(() => blocksOf(shown, unseenId, (at) => calendarDay(intl, at)), [shown, unseenId, intl]);
  const said = useCallback((externalId: string) => entries.find(saidAs(externalId)), [entries]);
  const [first] = hidden;
  const ready = timeline.isSuccess && talk.isKnown;
  const isNothing = ready && held.isKnown && !held.older.isError && shown.length === 0;
  const { scroller, below, toEnd, onScroll, onUnfold } = useTimelineScroll(shown.at(-1), ready, filter);

  return (
    <section className={styles.timeline} aria-label={t('timeline.label')}>
      <TimelineFilters chosen={filter} onChoose={setFilter} />
      <div className={styles.scroller} ref={scroller} onScroll={onScroll} onClickCapture={onUnfold} tabIndex={0}>
        <Older {...held} />
        <div className={styles.nothing} role="status">
          {isNothing ? (
            <NothingShown
              filter={filter}
              onAll={() => {
                setFilter('all');
                scroller.current?.focus();
              }}
            />
          ) : null}
        </div>
        {ready && shown.length > 0 ? (
          <SaidContext value={said}>
            <ol className={styles.thread}>
              {blocks.map((block) => {
                if (block.kind === 'day') return <DayLine key={block.key} at={block.at} isNew={block.isNew} />;
                if (block.kind === 'new') return <NewLine key={block.key} />;
                if (block.kind === 'talk') return <TalkLine key={block.key} talk={block.talk} detail={detail} />;
                if (block.kind === 'events')
                  return <EventRun key={block.key} events={block.events} isSought={filter !== 'all'} />;
                return <Entry key={block.key} entry={block.entry} detail={detail} />;
              })}
            </ol>
          </SaidContext>
        ) : null}
      </div>
      <div className={styles.pills}>
        <div role="status">
          {first ? (
            <button type="button" className={styles.pill} onClick={() => jumpTo(first.id)}>
              <Eye size={14} aria-hidden /> {t('timeline.hidden', { count: hidden.length })}
            </button>
          ) : null}
        </div>
        {below === null ? null : (
          <button type="button" className={styles.pill} onClick={toEnd}>
            <ArrowDown size={14} aria-hidden /> {t('timeline.latest', { count: below })}
          </button>
        )}
      </div>
    </section>
  );
};

/** The way to what is older, or why there is none. */
const Older = ({ older, hasOlder, isKnown }: Filtered) => {
  const { t } = useWords();
  if (older.isError && !older.data)
    return <Trouble what={t('error.timeline')} error={older.error} onRetry={() => void older.refetch()} />;
  if (!hasOlder) return null;
  const isReading = older.isFetchingNextPage || !isKnown;
  return (
    <button type="button" className={styles.older} disabled={isReading} onClick={() => void older.fetchNextPage()}>
      {t(isReading ? 'app.loading' : 'timeline.older')}
    </button>
  );
};
