import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { TimelineFilter } from '#contracts';
import type { ShownEntry } from './timeline.rules.js';

/** This near the end counts as reading the end. */
const NEAR_PX = 80;
/** What is new begins a little under the upper edge, so that it is seen where it follows from. */
const LEAD_PX = 72;

/** The entry the address names, `#entry-…`, when it is among those on the screen. */
const entryNamed = (box: HTMLElement): HTMLElement | null => {
  const named = document.getElementById(window.location.hash.slice(1));
  return named && box.contains(named) ? named : null;
};

/**
 * Opens at the entry the address names, else at the first unseen entry, else at the end; stays at the end while one is there; says how much came below otherwise.
 * Each filter begins at its end. `below` is null at the end, else the number of entries that arrived since the reader left it.
 */
export const useTimelineScroll = (last: ShownEntry | undefined, loaded: boolean, filter: TimelineFilter) => {
  const scroller = useRef<HTMLDivElement>(null);
  const placed = useRef(false);
  const atEnd = useRef(true);
  const lastId = useRef<string | undefined>(undefined);
  const [below, setBelow] = useState<number | null>(null);

  const toEnd = () => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  };
  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    setBelow((count) => (atEnd.current ? null : (count ?? 0)));
  };

  /** Whoever unfolds something reads on where they are, also at the end. */
  const onUnfold = (event: { target: EventTarget }) => {
    if (event.target instanceof Element && event.target.closest('[aria-expanded]')) atEnd.current = false;
  };

  const beginAnew = useEffectEvent(() => {
    if (!placed.current) return;
    atEnd.current = true;
    lastId.current = last?.id;
    setBelow(null);
    toEnd();
  });
  useLayoutEffect(() => beginAnew(), [filter]);

  const place = useEffectEvent(() => {
    const box = scroller.current;
    if (!box || !loaded || !last) return;
    const isNew = lastId.current !== undefined && lastId.current !== last.id;
    lastId.current = last.id;
    if (!placed.current) {
      placed.current = true;
      const named = entryNamed(box);
      const mark = named ?? box.querySelector<HTMLElement>('[data-new]');
      if (named) atEnd.current = false;
      if (mark) box.scrollTop = mark.offsetTop - LEAD_PX;
      else toEnd();
      return;
    }
    const own =
      last.type !== 'event' && last.type !== 'talk' && last.author.kind === 'agent' && last.id.startsWith('local-');
    if (isNew && (atEnd.current || own)) toEnd();
    else if (isNew) setBelow((count) => (count ?? 0) + 1);
  });
  useLayoutEffect(() => place(), [last?.id, loaded]);

  const isEmpty = last === undefined;
  // Images and mails that take their height after they are loaded must not push the end out of sight.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const watch = new ResizeObserver(() => {
      if (atEnd.current && placed.current) box.scrollTop = box.scrollHeight;
    });
    watch.observe(box);
    for (const child of box.children) watch.observe(child);
    return () => watch.disconnect();
  }, [loaded, filter, isEmpty]);

  return { scroller, below, toEnd, onScroll, onUnfold };
};
