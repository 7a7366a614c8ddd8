import type { ReactNode } from 'react';
import { LooseThread } from './glyphs.js';
import styles from './states.module.css';

interface Props {
  title: string;
  lead: ReactNode;
  /** At most two things to do next. */
  children?: ReactNode;
  small?: boolean;
}

/** Nothing here: one sentence of state, one of what comes next. */
export const Empty = ({ title, lead, children, small = false }: Props) => (
  <div className={styles.empty}>
    {small ? null : <LooseThread />}
    <h2>{title}</h2>
    <p>{lead}</p>
    {children ? <div className={styles.emptyActions}>{children}</div> : null}
  </div>
);
