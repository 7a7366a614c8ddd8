import type { QueuePanel } from '#contracts';
import { useNow } from '../app/now.js';
import { useWords } from '../i18n/Words.js';
import { useSpan } from './useSpan.js';
import styles from './Panels.module.css';

/** Who waits in each queue, for how long, and who is there for them. */
export const QueuesPanel = ({ queues }: { queues: QueuePanel[] }) => {
  const { t, intl } = useWords();
  const now = useNow();
  const span = useSpan();
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  return (
    <section className={styles.panel} aria-labelledby="panel-queues">
      <header>
        <h2 id="panel-queues">{t('panel.queues')}</h2>
        <small>{t('panel.queues.waiting', { count: waiting })}</small>
      </header>
      {queues.length === 0 ? <p className={styles.none}>{t('panel.queues.none')}</p> : null}
      <div className={styles.scroll} tabIndex={0} role="group" aria-labelledby="panel-queues">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('panel.queues.queue')}</th>
              <th scope="col">{t('panel.queues.wait')}</th>
              <th scope="col">{t('panel.queues.oldest')}</th>
              <th scope="col">{t('panel.queues.due')}</th>
              <th scope="col">{t('panel.queues.staff')}</th>
            </tr>
          </thead>
          <tbody>
            {queues.map((queue) => (
              <tr key={queue.id}>
                <th scope="row">{queue.name}</th>
                <td data-none={queue.waiting === 0 || undefined}>{intl.formatNumber(queue.waiting)}</td>
                <td>{queue.oldestAt ? span(queue.oldestAt, now) : '–'}</td>
                <td data-none={queue.dueSoon === 0 || undefined}>
                  {queue.dueSoon > 0 ? <span className={styles.due}>{intl.formatNumber(queue.dueSoon)}</span> : 0}
                </td>
                <td title={queue.staff === null ? t('panel.queues.anybody') : undefined}>{queue.staff ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
