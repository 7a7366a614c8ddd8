import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Monitor } from 'lucide-react';
import { useState } from 'react';
import type { DashboardTiles } from '#contracts';
import { SupervisionPage } from '../analysis/SupervisionPage.js';
import { Bone } from '../app/Bone.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { DaysPanel } from './DaysPanel.js';
import { panelsQuery, tilesQuery } from './dashboardRequests.js';
import { PeoplePanel } from './PeoplePanel.js';
import { PlacesPanel } from './PlacesPanel.js';
import { QueuePick } from './QueuePick.js';
import { QueuesPanel } from './QueuesPanel.js';
import { EscalationFeed } from '../escalations/EscalationFeed.js';
import { OpenIncidentButton } from '../incident/OpenIncidentButton.js';
import { SlaPanel } from './SlaPanel.js';
import { RowsDrawer } from './RowsDrawer.js';
import { Tiles } from './Tiles.js';
import { WallDialog } from './WallDialog.js';
import styles from './Dashboard.module.css';

/** As of when the figures are, and whether they still move. */
const AsOf = ({ at, live }: { at: string; live: boolean }) => {
  const { t, intl } = useWords();
  const time = intl.formatDate(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  return (
    <span className={styles.as_of} data-live={live || undefined}>
      <i aria-hidden />
      {t(live ? 'sup.live' : 'sup.stale', { time })}
    </span>
  );
};

const Panels = ({ queue, tiles }: { queue: string | undefined; tiles: DashboardTiles | undefined }) => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(panelsQuery(queue));
  if (isError && !data) return <Trouble what={t('sup.panels_error')} error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div className={styles.panels} role="status" aria-label={t('app.loading')}>
        {['a', 'b', 'c', 'd'].map((name) => (
          <div key={name} className={styles.bones}>
            <Bone width="40%" />
            <Bone width="90%" />
            <Bone width="80%" />
          </div>
        ))}
      </div>
    );
  const without = tiles?.tiles.find(({ tile }) => tile === 'without_service')?.count ?? 0;
  return (
    <div className={styles.panels}>
      <QueuesPanel queues={data.queues} />
      <PlacesPanel places={data.places} phones={data.phones} />
      <div className={styles.feed}>
        <EscalationFeed />
      </div>
      <SlaPanel queue={queue} />
      <DaysPanel days={data.days} now={without} />
      <PeoplePanel people={data.people} />
    </div>
  );
};

/** All that asks for attention now: figures that open their rows, and where, with whom and since when cases wait. */
export const DashboardPage = () => {
  const { t } = useWords();
  const navigate = useNavigate();
  const { tile, queue } = useSearch({ from: '/inside/dashboard' });
  const [walls, setWalls] = useState(false);
  const { data, isError, error, refetch, failureCount } = useQuery(tilesQuery(queue));
  return (
    <SupervisionPage
      tools={
        <>
          {data ? <AsOf at={data.at} live={failureCount === 0 && !isError} /> : null}
          <QueuePick
            queue={queue}
            onPick={(picked) =>
              void navigate({ to: '/dashboard', search: picked ? { queue: picked } : {}, replace: true })
            }
          />
          <OpenIncidentButton size="xs" />
          <Button size="xs" leftSection={<Monitor size={14} />} onClick={() => setWalls(true)}>
            {t('sup.wall')}
          </Button>
        </>
      }
    >
      {isError && !data ? (
        <Trouble what={t('sup.error')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Tiles data={data} queue={queue} />
      )}
      <Panels queue={queue} tiles={data} />
      <RowsDrawer
        tile={tile}
        figure={data?.tiles.find((figure) => figure.tile === tile)}
        queue={queue}
        onClose={() => void navigate({ to: '/dashboard', search: queue ? { queue } : {} })}
      />
      {walls ? <WallDialog onClose={() => setWalls(false)} /> : null}
    </SupervisionPage>
  );
};
