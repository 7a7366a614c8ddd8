import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { THREAD_REASONS, type CaseDetail, type ContactPointDetail, type Thread } from '#contracts';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords, type Key } from '../i18n/Words.js';
import { day, whole } from '../i18n/moments.js';
import { identityQuery } from './identityRequests.js';
import { PointGlyph } from './PointGlyph.js';
import { PointMenu } from './PointMenu.js';
import styles from './ContactPoints.module.css';

const AddPoint = lazy(() => import('./AddPoint.js'));

const isAddress = ({ kind }: Pick<ContactPointDetail, 'kind'>): boolean =>
  kind === 'twitter' || kind === 'email' || kind === 'phone';

const reachOf = (point: ContactPointDetail, thread: Thread | undefined): Key => {
  if (point.kind === 'phone') return 'thread.phone';
  if (thread?.open ?? point.kind === 'email') return 'composer.open';
  return thread?.reason === 'recipient.closed' ? 'composer.closed' : 'context.no_reply';
};

/** Whether something leads back to them, for the addresses they have now. */
const Reach = ({ point, thread }: { point: ContactPointDetail; thread: Thread | undefined }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const open = thread?.open ?? point.kind === 'email';
  return (
    <span
      className={styles.reach}
      data-open={open || undefined}
      title={thread && !open && thread.reason ? THREAD_REASONS[thread.reason][language] : undefined}
    >
      {t(reachOf(point, thread))}
    </span>
  );
};

/** What an account on X was called before: the last one, all of them on the hover. */
const Formerly = ({ handles }: Pick<ContactPointDetail, 'handles'>) => {
  const { t, intl } = useWords();
  const [last] = handles;
  if (!last) return null;
  const each = handles.map(({ handle, until }) => t('context.handle_until', { handle, time: day(intl, until) }));
  return <span title={each.join('\n')}>{t('context.formerly', { handle: last.handle })}</span>;
};

/** Who told us, who made sure and since when: one line of small print. */
const Standing = ({ point }: { point: ContactPointDetail }) => {
  const { t, intl } = useWords();
  const { verified, until, ended, source, since, handles } = point;
  return (
    <p className={styles.standing}>
      {point.shared ? <span className={styles.shared}>{t('point.shared')}</span> : null}
      {until ? (
        <span title={whole(intl, until)}>
          {t('point.until', { from: day(intl, since), to: day(intl, until) })}
          {ended ? ` · ${t(`point.end.${ended.reason}` as Key)}` : ''}
        </span>
      ) : verified ? (
        <span className={styles.verified} title={whole(intl, verified.at)}>
          {t('point.verified', { time: day(intl, verified.at), how: t(`proof.method.${verified.how}`) })}
        </span>
      ) : (
        <span title={whole(intl, since)}>
          {t('point.since', { source: t(`point.source.${source}`), time: day(intl, since) })}
        </span>
      )}
      <Formerly handles={handles} />
    </p>
  );
};

const nameOf = (point: ContactPointDetail): string => (point.handle ? `@${point.handle}` : point.display);

interface LineProps {
  point: ContactPointDetail;
  detail: CaseDetail;
}

const Line = ({ point, detail }: LineProps) => {
  const { t } = useWords();
  const [revealed, setRevealed] = useState<string | null>(null);
  const name = revealed ?? nameOf(point);
  return (
    <li className={styles.point} data-past={point.until ? true : undefined}>
      <PointGlyph kind={point.kind} />
      <div className={styles.said}>
        <p className={styles.name}>
          <span className={styles.address} title={name}>
            {isAddress(point) ? null : <span className={styles.kind}>{t(`point.kind.${point.kind}`)} </span>}
            {name}
          </span>
          {isAddress(point) && !point.until ? (
            <Reach point={point} thread={detail.threads.find(({ contactPointId }) => contactPointId === point.id)} />
          ) : null}
        </p>
        <Standing point={point} />
      </div>
      {point.until ? null : (
        <PointMenu
          point={point}
          name={name}
          detail={detail}
          onRevealed={point.masked && revealed === null ? setRevealed : null}
        />
      )}
    </li>
  );
};

/** Everything that identifies the customer of a case: what they have now, and, folded away, what they had. */
export const ContactPoints = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const found = useQuery(identityQuery(detail.id, detail.customer.id));
  const points = found.data?.contactPoints ?? [];
  const now = points.filter(({ until }) => until === null);
  const past = points.filter(({ until }) => until !== null);
  return (
    <div className={styles.points}>
      {found.isError ? (
        <Trouble what={t('point.error')} error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? (
        <ul aria-label={t('context.contact')} aria-busy>
          {detail.contactPoints.map((point) => (
            <li key={point.id} className={styles.point}>
              <PointGlyph kind={point.kind} />
              <div className={styles.said}>
                <p className={styles.name}>{point.handle ? `@${point.handle}` : point.display}</p>
                <p className={styles.standing}>
                  &nbsp;
                  <Formerly handles={point.handles} />
                </p>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      {now.length > 0 ? (
        <ul aria-label={t('context.contact')}>
          {now.map((point) => (
            <Line key={point.id} point={point} detail={detail} />
          ))}
        </ul>
      ) : null}
      {found.isSuccess && now.length === 0 ? <p className={styles.none}>{t('context.no_contact')}</p> : null}
      {past.length > 0 ? (
        <details className={styles.past}>
          <summary>{t('point.past', { count: past.length })}</summary>
          <ul>
            {past.map((point) => (
              <Line key={point.id} point={point} detail={detail} />
            ))}
          </ul>
        </details>
      ) : null}
      {found.isSuccess && may('contact.manage') ? (
        <button type="button" className={styles.add} onClick={() => setAdding(true)}>
          <Plus size={14} aria-hidden /> {t('point.add')}
        </button>
      ) : null}
      {adding ? (
        <Suspense>
          <AddPoint detail={detail} onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
    </div>
  );
};
