import { DASHBOARD_DAYS, type DashboardPanels } from '#contracts';
import { day } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { chartOf, HEIGHT, WIDTH } from './chart.rules.js';
import chart from './chart.module.css';
import styles from './Panels.module.css';

interface Props {
  days: DashboardPanels['days'];
  /** How many are without service now. */
  now: number;
}

/** How many customers were without service at the end of each day, and are now. */
export const DaysPanel = ({ days: all, now }: Props) => {
  const { t, intl } = useWords();
  // Today is the last of the fourteen.
  const days = all.slice(1 - DASHBOARD_DAYS);
  const counts = [...days.map(({ count }) => count), now];
  const { points, ticks, line, area } = chartOf(counts);
  const last = points.at(-1);
  const middle = Math.floor((days.length - 1) / 2);
  const label = (at: number) => (days[at] ? day(intl, `${days[at].day}T12:00:00Z`) : '');
  const sentence = { count: counts.length, first: counts[0] ?? 0, last: now, most: Math.max(...counts) };
  return (
    <section className={styles.panel} aria-labelledby="panel-days">
      <header>
        <h2 id="panel-days">{t('panel.days')}</h2>
        <small>{t('panel.days.span', { count: counts.length })}</small>
      </header>
      {days.length === 0 || !last ? (
        <p className={styles.none}>{t('panel.days.none')}</p>
      ) : (
        <svg
          className={styles.chart}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={t('panel.days.sentence', sentence)}
        >
          {ticks.map(({ value, y }) => (
            <g key={value}>
              <line x1="30" x2={WIDTH - 28} y1={y} y2={y} />
              <text x="22" y={y + 4} textAnchor="end">
                {intl.formatNumber(value)}
              </text>
            </g>
          ))}
          <path className={chart.area} d={area} />
          <path className={chart.stroke} d={line} />
          <circle cx={last.x} cy={last.y} r="4" />
          <text className={styles.last} x={last.x + 9} y={last.y + 4}>
            {intl.formatNumber(now)}
          </text>
          <text x="30" y={HEIGHT - 4}>
            {label(0)}
          </text>
          {days.length > 4 ? (
            <text x={points[middle]?.x} y={HEIGHT - 4} textAnchor="middle">
              {label(middle)}
            </text>
          ) : null}
          <text x={last.x} y={HEIGHT - 4} textAnchor="end">
            {t('panel.days.today')}
          </text>
        </svg>
      )}
    </section>
  );
};
