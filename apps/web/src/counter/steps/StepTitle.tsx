import { useEffect, useRef } from 'react';
import styles from '../Counter.module.css';

/** What a step asks, at its head; where the eye and the reader of screens begin. */
export const StepTitle = ({ title, lead }: { title: string; lead?: string }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div>
      <h1 className={styles.title} ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead ? <p className={styles.lead}>{lead}</p> : null}
    </div>
  );
};
