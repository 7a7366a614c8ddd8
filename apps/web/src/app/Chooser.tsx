import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/Words.js';
import { Bone } from './Bone.js';
import styles from './page.module.css';

interface Props {
  label: string;
  to: '/queues' | '/ladders' | '/calendars' | '/partners';
  /** Undefined: on their way. */
  items: readonly { id: string; name: string; note?: string | null }[] | undefined;
  /** Which one is shown. */
  current: string | undefined;
  /** Below the names: how to add one. */
  foot?: ReactNode;
  children: ReactNode;
}

const Coming = () => {
  const { t } = useWords();
  return (
    <div className={styles.columns} role="status" aria-label={t('app.loading')}>
      {['60%', '90%'].map((width) => (
        <div key={width} className={styles.bones}>
          <Bone width={width} />
          <Bone width="80%" />
          <Bone width={width} />
        </div>
      ))}
    </div>
  );
};

/** What there is on the left, and the one that was chosen on the right. */
export const Chooser = ({ label, to, items, current, foot, children }: Props) =>
  items === undefined ? (
    <Coming />
  ) : (
    <div className={styles.columns}>
      <nav aria-label={label}>
        <ul className={styles.names}>
          {items.map(({ id, name, note }) => (
            <li key={id}>
              <Link to={to} search={{ id }} aria-current={id === current ? 'page' : undefined}>
                <span>{name}</span>
                {note ? <small>{note}</small> : null}
              </Link>
            </li>
          ))}
        </ul>
        {foot}
      </nav>
      {children}
    </div>
  );
