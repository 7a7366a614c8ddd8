import { useNotice } from './notices.js';
import styles from './Inside.module.css';

/** Says short news once, for eyes and for screen readers. */
export const NoticeBar = () => {
  const notice = useNotice();
  return (
    <div role="status" aria-live="polite" className={styles.notices}>
      {notice ? (
        <div key={notice.id} className={styles.notice}>
          {notice.text}
        </div>
      ) : null}
    </div>
  );
};
