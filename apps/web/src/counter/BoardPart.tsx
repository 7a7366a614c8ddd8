import type { ReactNode } from 'react';
import { useWords } from '../i18n/Words.js';
import styles from './StoreBoard.module.css';

interface PartProps {
  title: string;
  count: number;
  more?: boolean;
  empty: string;
  /** What is to be known besides. */
  aside?: string | null;
  glyph: ReactNode;
  children: ReactNode;
}

/** A part of the day at a counter: how many, and each of them. */
export const BoardPart = ({ title, count, more, empty, aside, glyph, children }: PartProps) => {
  const { t } = useWords();
  return (
    <section className={styles.part} aria-label={title}>
      <h2>
        {glyph} {title} <span>{count}</span>
      </h2>
      {aside ? <p>{aside}</p> : null}
      {count === 0 ? <p>{empty}</p> : <ul>{children}</ul>}
      {more ? <p>{t('board.more')}</p> : null}
    </section>
  );
};
