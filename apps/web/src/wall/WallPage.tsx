import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Clock, Timer, TriangleAlert } from 'lucide-react';
import type { DashboardTile, WallNow } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { Mark } from '../app/glyphs.js';
import { useSpan } from '../dashboard/useSpan.js';
import { clock } from '../i18n/moments.js';
import { InLanguage } from '../i18n/InLanguage.js';
import { useWords } from '../i18n/Words.js';
import { Zone } from '../i18n/Zone.js';
import { readWall, tokenOf } from './wallRequests.js';
import styles from './Wall.module.css';

const EVERY_MS = 4000;
/** Older than that the screen says so: somebody has to be able to trust it from afar. */
const STALE_MS = 15_000;
const SOON_MS = 30 * 60_000;

const TILES = ['paper', 'breached', 'at_risk', 'update_late', 'handovers'] as const satisfies DashboardTile[];
const LOOKS = {
  paper: 'paper',
  breached: 'breached',
  at_risk: 'due',
  update_late: 'breached',
  handovers: 'due',
} as const;

/** Now, each second: what is late from a moment on is late on the wall from that moment on. */
const useSeconds = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
};

const countOf = (wall: WallNow, tile: DashboardTile) => wall.figures.find((figure) => figure.tile === tile);

const AsOf = ({ wall, stale }: { wall: WallNow; stale: boolean }) => {
  const { t, intl } = useWords();
  return (
    <p className={styles.as_of} data-stale={stale || undefined} role="status">
      <i aria-hidden />
      {t(stale ? 'wall.stale' : 'wall.as_of')} <b>{clock(intl, wall.at)}</b>
    </p>
  );
};

const Without = ({ wall, now }: { wall: WallNow; now: number }) => {
  const { t, intl } = useWords();
  const span = useSpan();
  const count = countOf(wall, 'without_service')?.count ?? 0;
  const loaner = countOf(wall, 'without_loaner')?.count ?? 0;
  return (
    <section className={styles.without}>
      <p className={styles.huge} data-wide={count > 99 || undefined}>
        {intl.formatNumber(count)}
      </p>
      <h1>{t('wall.without', { count })}</h1>
      {count > 0 ? (
        <>
          <p className={styles.loaner} data-some={loaner > 0 || undefined}>
            {t('wall.without_loaner', { count: loaner })}
          </p>
          {wall.longest ? (
            <p>
              {t('wall.longest', {
                name: wall.longest.firstName ?? t('wall.somebody'),
                span: span(wall.longest.since, now),
              })}
            </p>
          ) : null}
        </>
      ) : (
        <p>{t('wall.nobody_without')}</p>
      )}
    </section>
  );
};

const Due = ({ wall, now }: { wall: WallNow; now: number }) => {
  const { t } = useWords();
  const span = useSpan();
  return (
    <section className={styles.due}>
      <h2>{t('wall.due')}</h2>
      <ul>
        {wall.due.map((row, at) => {
          const late = row.isLate || Date.parse(row.dueAt) <= now;
          const soon = Date.parse(row.dueAt) - now < SOON_MS;
          const Glyph = late ? TriangleAlert : soon ? Timer : Clock;
          const length = span(row.dueAt, now);
          return (
            <li key={`${at} ${row.dueAt}`} data-look={late ? 'breached' : soon ? 'due' : undefined}>
              <Glyph aria-hidden />
              <span>
                <b>{row.firstName ?? t('wall.somebody')}</b> <em>{t(`wall.word.${row.word}`)}</em>
              </span>
              <time dateTime={row.dueAt}>{late ? t('wall.late', { span: length }) : length}</time>
            </li>
          );
        })}
      </ul>
      {wall.due.length === 0 ? <p>{t('wall.calm')}</p> : null}
    </section>
  );
};

const Figures = ({ wall }: { wall: WallNow }) => {
  const { t, intl } = useWords();
  return (
    <ul className={styles.figures}>
      {TILES.map((tile) => {
        const { count = 0, capped = false } = countOf(wall, tile) ?? {};
        return (
          <li key={tile} data-look={count > 0 || tile === 'paper' ? LOOKS[tile] : undefined}>
            <b>
              {intl.formatNumber(count)}
              {capped ? '+' : ''}
            </b>
            <span>{t(`wall.tile.${tile}`, { count })}</span>
          </li>
        );
      })}
    </ul>
  );
};

const Shown = ({ wall, failing }: { wall: WallNow; failing: boolean }) => {
  const now = useSeconds();
  const stale = failing || now - Date.parse(wall.at) > STALE_MS;
  return (
    <main className={styles.wall} data-stale={stale || undefined}>
      <header className={styles.head}>
        <Mark size={40} />
        <strong>{wall.queue ?? wall.name}</strong>
        <AsOf wall={wall} stale={stale} />
      </header>
      <Without wall={wall} now={now} />
      <Due wall={wall} now={now} />
      <Figures wall={wall} />
    </main>
  );
};

const isClosed = (error: Error | null): boolean => error instanceof ApiFailure && error.code === 'wall.closed';

/** A screen for a whole room: figures and first names, readable from afar, by a link and without a session. */
export const WallPage = () => {
  const { t } = useWords();
  // A fragment never leaves the browser: no server and no log in between sees it.
  const [token] = useState(() => tokenOf(window.location.hash));
  const { data, error, isError, failureCount } = useQuery({
    queryKey: ['wall'],
    queryFn: ({ signal }) => readWall(token, signal),
    // What is closed is so for good.
    refetchInterval: ({ state }) => (isClosed(state.error) ? false : EVERY_MS),
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: Infinity,
  });
  if (isClosed(error))
    return (
      <main className={styles.closed} data-mantine-color-scheme="dark">
        <h1>{t('wall.closed')}</h1>
        <p>{t('wall.closed.lead')}</p>
      </main>
    );
  if (!data)
    return (
      <main className={styles.closed} data-mantine-color-scheme="dark" role="status">
        <p>{t('wall.connecting')}</p>
      </main>
    );
  return (
    <div className={styles.ground} data-mantine-color-scheme="dark">
      <Zone timeZone={data.timeZone}>
        <InLanguage language={data.language}>
          <Shown wall={data} failing={isError || failureCount > 0} />
        </InLanguage>
      </Zone>
    </div>
  );
};
