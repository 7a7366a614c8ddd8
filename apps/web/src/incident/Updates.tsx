import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleStop } from 'lucide-react';
import { useId, useState } from 'react';
import {
  DELIVERY_REASONS,
  UPDATE_SKIPS,
  type Incident,
  type IncidentUpdate,
  type Language,
  type UpdateItemState,
} from '#contracts';
import { useHomeView, useMay } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { isGoing, stopUpdate, updateItemsQuery, updatesQuery } from './incidentRequests.js';
import { useIncidentDeed } from './useIncidentDeed.js';
import styles from './IncidentPage.module.css';

const STATES: UpdateItemState[] = ['sent', 'queued', 'waiting', 'failed', 'skipped', 'stopped'];

/** What was written to all, newest first. */
export const Updates = ({ incident }: { incident: Incident }) => {
  const { t } = useWords();
  const items = useQuery(updatesQuery(incident.id)).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label={t('updates.title')}>
      <h2>{t('updates.title')}</h2>
      <ol className={styles.updates}>
        {items.map((update, at) => (
          <Update key={update.id} update={update} unfolded={at === 0 && isGoing(update)} />
        ))}
      </ol>
    </section>
  );
};

const Update = ({ update, unfolded }: { update: IncidentUpdate; unfolded: boolean }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const may = useMay();
  const fold = useId();
  const [chosen, setChosen] = useState<UpdateItemState | 'all' | null>(unfolded ? 'all' : null);
  const { run, busy } = useIncidentDeed();
  const { by, at, text, counts, total, nextUpdateAt } = update;
  const settled = total - counts.waiting - counts.queued;
  const canStop = may('supervise') && update.state !== 'stopping' && counts.waiting + counts.queued > 0;
  return (
    <li>
      <p className={styles.said}>{text[language]}</p>
      <p className={styles.quiet}>
        {t('update.by', { name: by.displayName, at: moment(intl, at) })}
        {nextUpdateAt ? ` · ${t('update.promised', { at: moment(intl, nextUpdateAt) })}` : ''}
      </p>
      <div className={styles.progress}>
        <span
          role="progressbar"
          aria-label={t('update.progress')}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={settled}
        >
          {STATES.map((state) => (
            <i key={state} data-state={state} style={{ flexGrow: counts[state] }} />
          ))}
        </span>
        {canStop ? (
          <Button
            size="xs"
            leftSection={<CircleStop size={14} aria-hidden />}
            loading={busy}
            onClick={() => void run(() => stopUpdate(update), false)}
          >
            {t('update.stop')}
          </Button>
        ) : null}
        {update.state === 'stopping' ? <span>{t('update.stopping')}</span> : null}
      </div>
      <div className={styles.counts}>
        {STATES.filter((state) => counts[state] > 0).map((state) => (
          <button
            key={state}
            type="button"
            data-state={state}
            aria-expanded={chosen === state}
            aria-controls={fold}
            onClick={() => setChosen(chosen === state ? null : state)}
          >
            <b>{counts[state]}</b> {t(`update.state.${state}`, { count: counts[state] })}
          </button>
        ))}
      </div>
      <div id={fold} hidden={chosen === null}>
        {chosen ? <Items update={update} state={chosen === 'all' ? null : chosen} /> : null}
      </div>
    </li>
  );
};

const reasonText = (reason: string | null, language: Language): string => {
  const words = { ...UPDATE_SKIPS, ...DELIVERY_REASONS };
  return Object.entries(words).find(([code]) => code === reason)?.[1][language] ?? '';
};

const Items = ({ update, state }: { update: IncidentUpdate; state: UpdateItemState | null }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const view = useHomeView();
  const query = useInfiniteQuery(updateItemsQuery(update, state));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ul className={styles.items}>
        {items.map((item) => (
          <li key={item.caseId}>
            <Link to="/cases/$reference" params={{ reference: item.reference }} search={{ view }}>
              {item.customer}
            </Link>
            <span data-state={item.state}>{t(`update.state.${item.state}`, { count: 1 })}</span>
            <small>
              {item.channel ? t(`channel.${item.channel}.name`) : ''} {reasonText(item.reason, language)}
            </small>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('incident.more')}
        </Button>
      ) : null}
    </>
  );
};
