import { useLayoutEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useWords } from '../i18n/Words.js';
import styles from './QueueEdge.module.css';

const WIDTH = 'hilo.queue-width';
const LEAST = 280;
const MOST = 480;

const setWidth = (width: number) => {
  const fitting = Math.round(Math.min(MOST, Math.max(LEAST, width)));
  document.documentElement.style.setProperty('--hilo-queue', `${fitting}px`);
  localStorage.setItem(WIDTH, String(fitting));
};

/** The draggable edge of the queue; arrow keys move it too. The width is remembered on this machine. */
export const QueueEdge = () => {
  const { t } = useWords();
  const edge = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const kept = Number(localStorage.getItem(WIDTH));
    if (kept) setWidth(kept);
  }, []);
  const width = () => edge.current?.parentElement?.offsetWidth ?? 340;
  const drag = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    setWidth(event.clientX - (edge.current?.parentElement?.getBoundingClientRect().left ?? 0));
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setWidth(width() + step);
  };
  return (
    <div
      ref={edge}
      className={styles.edge}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('queue.label')}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={340}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
};
