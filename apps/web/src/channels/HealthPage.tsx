import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  ArrowRight,
  Check,
  CircleAlert,
  CircleCheck,
  CirclePause,
  FileWarning,
  Send,
  Split,
  TriangleAlert,
} from 'lucide-react';
import type { ChannelsHealth, RoadStep } from '#contracts';
import { healthQuery } from '../api/queries.js';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useWords, type Translate } from '../i18n/Words.js';
import { clock } from '../i18n/moments.js';
import { ChannelTable } from './ChannelTable.js';
import { troublesOf } from './health.rules.js';
import styles from './Channels.module.css';

const stepNote = ({ name, at }: RoadStep, t: Translate, time: (at: string) => string): string => {
  if (name === 'worker') return at ? t('road.worker.at', { time: time(at) }) : t('road.worker.never');
  if (name === 'figures' && at) return t('road.figures.at', { time: time(at) });
  return at ? t('road.waiting', { time: time(at) }) : t('road.clear');
};

/** The self-test, as the thread it is: five knots, each tied or loose. */
const Road = ({ road }: Pick<ChannelsHealth, 'road'>) => {
  const { t, intl } = useWords();
  return (
    <section className={styles.road} data-blocked={!road.works || undefined}>
      <h2>{t('road.title')}</h2>
      <p>{t(road.works ? 'road.works' : 'road.blocked')}</p>
      <ol>
        {road.steps.map((step) => (
          <li key={step.name} data-works={step.works || undefined}>
            <span className={styles.knot}>
              {step.works ? <Check size={13} aria-hidden /> : <CircleAlert size={14} aria-hidden />}
            </span>
            <b>{t(step.works ? `road.${step.name}` : `road.${step.name}.bad`)}</b>
            <small>{stepNote(step, t, (at) => clock(intl, at))}</small>
          </li>
        ))}
      </ol>
    </section>
  );
};

/** What waits for somebody, each figure with the way to it. */
const Waiting = ({ health }: { health: ChannelsHealth }) => {
  const { t } = useWords();
  const may = useMay();
  const unsent = health.unsent.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={styles.waiting} aria-label={t('todo.title')}>
      {may('reject.read') ? (
        <>
          <Link to="/rejects" search={{}} data-some={health.rejects > 0 || undefined}>
            <FileWarning size={16} aria-hidden /> {t('todo.rejects', { count: health.rejects })}
            <ArrowRight size={14} aria-hidden />
          </Link>
          <Link to="/rejects" search={{ show: 'reviews' }} data-some={health.reviews > 0 || undefined}>
            <Split size={16} aria-hidden /> {t('todo.reviews', { count: health.reviews })}
            <ArrowRight size={14} aria-hidden />
          </Link>
        </>
      ) : null}
      <p data-some={unsent > 0 || undefined}>
        <Send size={16} aria-hidden /> {t('todo.unsent', { count: unsent })}
      </p>
    </section>
  );
};

const Summary = ({ health }: { health: ChannelsHealth }) => {
  const { t, intl } = useWords();
  const count = troublesOf(health).length;
  const stopped = health.channels.length > 0 && health.channels.every(({ state }) => state === 'stopped');
  const Glyph = count > 0 ? TriangleAlert : stopped ? CirclePause : CircleCheck;
  return (
    <div className={styles.summary} data-trouble={count > 0 || undefined}>
      <Glyph size={22} aria-hidden />
      <div>
        <b>
          {count > 0 ? t('channels.troubled', { count }) : t(stopped ? 'channels.state.stopped' : 'channels.all_well')}
        </b>
        <small>{t('channels.as_of', { time: clock(intl, health.at) })}</small>
      </div>
    </div>
  );
};

/** How every channel is doing now. */
export const HealthPage = () => {
  const { t } = useWords();
  const may = useMay();
  const { data: health, isPending, isError, error, refetch } = useQuery(healthQuery);
  if (isPending)
    return (
      <div className={styles.bones} role="status" aria-label={t('app.loading')}>
        {[40, 90, 84, 88].map((width) => (
          <Bone key={width} width={`${width}%`} height={16} />
        ))}
      </div>
    );
  if (isError && !health) return <Trouble what={t('channels.error')} error={error} onRetry={() => void refetch()} />;
  return (
    <div className={styles.body}>
      <p className={styles.lead}>{t('channels.lead')}</p>
      <Summary health={health} />
      {health.channels.length > 0 ? (
        <ChannelTable health={health} />
      ) : (
        <Empty
          small
          title={t('channels.none')}
          lead={t(may('mailbox.manage') ? 'channels.none.lead' : 'channels.none.lead_plain')}
        />
      )}
      <Road road={health.road} />
      <Waiting health={health} />
    </div>
  );
};
