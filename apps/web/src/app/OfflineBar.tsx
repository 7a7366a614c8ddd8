import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/Words.js';
import { clock } from '../i18n/moments.js';
import { useOnline } from '../live/connection.js';
import styles from './Inside.module.css';

/** A short blink of the doorbell is nobody's business; three seconds are. */
const PATIENCE_MS = 3000;

interface Props {
  lostAt: Date | null;
}

/** Says since when the screen may be old. Typing stays possible. */
export const OfflineBar = ({ lostAt }: Props) => {
  const { t, intl } = useWords();
  const online = useOnline();
  const [waitedFor, setWaitedFor] = useState<Date | null>(null);
  useEffect(() => {
    if (!lostAt) return;
    const timer = setTimeout(() => setWaitedFor(lostAt), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [lostAt]);
  const shown = !online || (lostAt !== null && waitedFor === lostAt);
  return (
    <div role="status" aria-live="polite">
      {shown ? (
        <div className={styles.bar}>
          <WifiOff size={16} />
          {t(online ? 'app.reconnecting' : 'app.offline', { time: clock(intl, lostAt ?? new Date()) })}
        </div>
      ) : null}
    </div>
  );
};
