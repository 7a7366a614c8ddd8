import type { MetricDetail } from '#contracts';
import { stepOf } from '../dashboard/chart.rules.js';
import { day as dayWords } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { lineOf } from './figure.rules.js';
import { useFigures } from './useFigures.js';
import chart from '../dashboard/chart.module.css';
import styles from './DayChart.module.css';

/** Stretched to the place there is. */
const [WIDTH, HEIGHT] = [720, 160];
const PARTS = [1, 0.75, 0.5, 0.25, 0];
const MINUTES = { hour: 60, day: 1440 };

/** Where the line may reach at most: whole shares, or a round number above the highest day. */
function topOf(kind: MetricDetail['kind'], most: number): number {
  if (kind === 'share') return 1;
  if (kind !== 'duration') return stepOf(Math.max(1, most)) * 4;
  const unit = most > 2 * MINUTES.day ? MINUTES.day : most > 2 * MINUTES.hour ? MINUTES.hour : 1;
  return stepOf(Math.max(1, most / unit)) * 4 * unit;
}

/** The figure of each day. The table of groups, by day, says the same. */
export const DayChart = ({ detail, days, title }: { detail: MetricDetail; days: string[]; title: string }) => {
  const { t, intl } = useWords();
  const { value } = useFigures(detail.currency);
  const found = new Map(detail.days.map((each) => [each.day, each.value]));
  const values = days.map((day) => found.get(day) ?? (detail.kind === 'count' || detail.kind === 'money' ? 0 : null));
  const top = topOf(detail.kind, Math.max(0, ...values.map((each) => each ?? 0)));
  const line = lineOf(values, WIDTH, HEIGHT, top);
  const label = (day: string | undefined) => (day ? dayWords(intl, `${day}T12:00:00Z`) : '');
  const y = (part: number) => HEIGHT * (1 - part);
  // A line of no length with round ends: a dot that is not stretched.
  const dots = line.points.map((point) => `M${point.x} ${point.y}h0`).join('');
  return (
    <figure
      className={styles.chart}
      role="img"
      aria-label={t('analysis.chart', { title, now: value(detail.now.value, detail.kind), days: days.length })}
    >
      <span className={styles.scale} aria-hidden>
        {PARTS.map((part) => (
          <span key={part}>{value(part * top, detail.kind)}</span>
        ))}
      </span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        {PARTS.map((part) => (
          <path key={part} className={styles.rule} d={`M0 ${y(part)}H${WIDTH}`} vectorEffect="non-scaling-stroke" />
        ))}
        {detail.kind === 'share' && detail.target !== null ? (
          <path className={styles.aim} d={`M0 ${y(detail.target)}H${WIDTH}`} vectorEffect="non-scaling-stroke" />
        ) : null}
        <path className={chart.area} d={line.area} />
        <path className={chart.stroke} d={line.path} vectorEffect="non-scaling-stroke" />
        {days.length <= 31 || line.points.length === 1 ? (
          <path className={styles.dots} d={dots} vectorEffect="non-scaling-stroke" />
        ) : null}
      </svg>
      <span className={styles.ends} aria-hidden>
        <span>{label(days[0])}</span>
        <span>{days.length > 1 ? label(days.at(-1)) : ''}</span>
      </span>
    </figure>
  );
};
