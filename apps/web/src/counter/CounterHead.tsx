import { Link } from '@tanstack/react-router';
import { Check, CloudOff, CloudUpload, Timer, TriangleAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Avatar } from '../app/Avatar.js';
import { Mark } from '../app/glyphs.js';
import { useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { useKeeper, useSnapshot } from './keep/useIntake.js';
import styles from './Counter.module.css';

const MINUTE_MS = 60_000;

/** How long somebody has been at the counter. */
const Since = ({ at }: { at: string }) => {
  const { t } = useWords();
  const [now, setNow] = useState(() => Date.now());
  const gone = Math.max(0, now - Date.parse(at));
  const tick = gone < MINUTE_MS ? 1000 : 10_000;
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick);
    return () => clearInterval(timer);
  }, [tick]);
  const words =
    gone < MINUTE_MS
      ? t('counter.seconds', { count: Math.floor(gone / 1000) })
      : t('counter.minutes', { count: Math.floor(gone / MINUTE_MS) });
  return (
    <span className={styles.since} title={t('counter.since')}>
      <Timer size={18} aria-hidden /> {words}
    </span>
  );
};

/** Where what was written is: with the server, on its way, or on this tablet only. Never says more than is so. */
export const SaveState = () => {
  const { t } = useWords();
  const keeper = useKeeper();
  const { line, state, intake } = useSnapshot(keeper);
  const count = keeper.unsaved;
  // Until it is read, from the tablet or the server, nobody knows.
  if (state !== 'open' || !intake) return null;
  const [Glyph, words] =
    line === 'waiting'
      ? [CloudOff, count > 0 ? t('save.offline_count', { count }) : t('save.offline')]
      : line === 'stuck'
        ? [TriangleAlert, t('save.stuck', { count })]
        : count > 0
          ? [CloudUpload, t('save.unsaved', { count })]
          : [Check, t('save.saved')];
  return (
    <span className={styles.kept} role="status" data-line={count > 0 || line === 'waiting' ? line : 'saved'}>
      <Glyph size={18} aria-hidden /> {words}
    </span>
  );
};

interface Props {
  shop: ReactNode;
  children?: ReactNode;
  since?: string | null | undefined;
}

/** The shop, how safe what was written is, and who writes. */
export const CounterHead = ({ shop, since, children }: Props) => {
  const { t } = useWords();
  const user = useUser();
  return (
    <header className={styles.head}>
      <Link to="/visit" className={styles.mark} aria-label={t('counter.board')}>
        <Mark size={26} />
      </Link>
      {shop}
      <span className={styles.right}>
        {children}
        {since ? <Since at={since} /> : null}
        <Link to="/inbox" className={styles.inbox}>
          {t('app.inbox')}
        </Link>
        <Avatar name={user.displayName} size={28} label={user.displayName} />
      </span>
    </header>
  );
};
