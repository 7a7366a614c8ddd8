import { use, useId, useLayoutEffect, useRef, useState, type FocusEvent, type ReactNode } from 'react';
import { useWords } from '../i18n/Words.js';
import { UnfoldedContext } from './caseContext.js';
import styles from './Fold.module.css';

/** Folded to this many lines, from this many on: hiding one line or two would only cost a click. */
const SHOWN_LINES = 12;
const FOLDED_FROM = 15;
/** A first guess until it is measured, so that nothing jumps: letters to a line of the widest text. */
const LETTERS = 80;

const guessed = (text: string): boolean =>
  text.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / LETTERS)), 0) > FOLDED_FROM;

interface Props {
  /** Of the entry: an unfolded one stays so while its case is open. */
  id: string;
  text: string;
  /** px of a line. */
  lineHeight?: number;
  /** Shown as a page of its own: its text does not tell how high it is. */
  page?: boolean;
  children: ReactNode;
}

/** On the narrowest screen a text this short has no more lines than are shown anyway. */
const SHORT_LETTERS = 360;
const isShort = (text: string): boolean => text.length < SHORT_LETTERS && text.split('\n').length <= SHOWN_LINES;

/** What may be long, folded after its first lines until one asks for all of it; what is surely short as it is. */
export const Fold = ({ page = false, ...props }: Props) =>
  !page && isShort(props.text) ? props.children : <Folding {...props} />;

const Folding = ({ id, text, lineHeight = 20, children }: Omit<Props, 'page'>) => {
  const { t } = useWords();
  const unfolded = use(UnfoldedContext);
  const content = useRef<HTMLDivElement>(null);
  const contentId = useId();
  const [long, setLong] = useState(() => guessed(text));
  const [open, setOpen] = useState(() => unfolded.has(id));
  const show = (all: boolean) => {
    if (all) unfolded.add(id);
    else unfolded.delete(id);
    setOpen(all);
    // What is folded again begins where one still sees it.
    if (!all) requestAnimationFrame(() => content.current?.scrollIntoView({ block: 'nearest' }));
  };
  useLayoutEffect(() => {
    const inner = content.current?.firstElementChild;
    if (!inner) return;
    const measure = new ResizeObserver(() => setLong(inner.scrollHeight > FOLDED_FROM * lineHeight));
    setLong(inner.scrollHeight > FOLDED_FROM * lineHeight);
    measure.observe(inner);
    return () => measure.disconnect();
  }, [lineHeight]);
  const folded = long && !open;
  // Whoever walks to a link that is folded away sees where they are.
  const reveal = (event: FocusEvent) => {
    const box = content.current?.getBoundingClientRect();
    if (folded && box && event.target.getBoundingClientRect().bottom > box.bottom) show(true);
  };
  return (
    <>
      <div
        ref={content}
        id={contentId}
        className={styles.content}
        data-folded={folded || undefined}
        style={folded ? { maxHeight: SHOWN_LINES * lineHeight } : undefined}
        onFocus={reveal}
      >
        <div>{children}</div>
      </div>
      {long ? (
        <button
          type="button"
          className={styles.switch}
          aria-expanded={open}
          aria-controls={contentId}
          onClick={() => show(!open)}
        >
          {t(open ? 'entry.less' : 'entry.all')}
        </button>
      ) : null}
    </>
  );
};
