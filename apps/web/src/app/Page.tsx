import type { ReactNode } from 'react';
import styles from './page.module.css';

interface HeadProps {
  /** The way back up. */
  crumb?: ReactNode;
  title: string;
  /** Beside the title: what it is, or its tabs. */
  beside?: ReactNode;
  /** At the far end: what can be chosen and done. */
  tools?: ReactNode;
  /** What it is about, in a line. */
  lead?: ReactNode;
}

/** The head of a screen: where one is, where one can go from here, and what can be done. */
export const PageHead = ({ crumb, title, beside, tools, lead }: HeadProps) => (
  <header className={styles.head}>
    {crumb ? <p className={styles.crumb}>{crumb}</p> : null}
    <h1>{title}</h1>
    {beside}
    {tools ? <div className={styles.tools}>{tools}</div> : null}
    {lead ? <div className={styles.lead}>{lead}</div> : null}
  </header>
);

interface Props extends HeadProps {
  children: ReactNode;
}

/** A screen of its own, as wide as what is set is well read. Supervision is as wide as there is room, see `SupervisionPage`. */
export const Page = ({ children, ...head }: Props) => (
  <main className={styles.page}>
    <PageHead {...head} />
    {children}
  </main>
);

/** Parts of a screen, one of which is shown: links. */
export const Tabs = ({ label, children }: { label: string; children: ReactNode }) => (
  <nav className={styles.tabs} aria-label={label}>
    {children}
  </nav>
);

interface SwitchProps<T extends string> {
  label: string;
  /** Null: none of them. */
  value: T | null;
  options: readonly { value: T; words: string }[];
  onSwitch: (value: T) => void;
}

/** One of a few that changes what the screen shows: buttons, one of them pressed. */
export const Switch = <T extends string>({ label, value: now, options, onSwitch }: SwitchProps<T>) => (
  <div className={styles.tabs} role="group" aria-label={label}>
    {options.map(({ value, words }) => (
      <button key={value} type="button" aria-pressed={value === now} onClick={() => onSwitch(value)}>
        {words}
      </button>
    ))}
  </div>
);
