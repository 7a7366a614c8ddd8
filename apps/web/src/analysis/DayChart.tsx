import type { MetricDetail } from '#contracts';
import { day as dayWords } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { stepOf } from '../dashboard/chart.rules.js';
import { lineOf } from './figure.rules.js';
import { useFigures } from './useFigures.js';
import styles from './Analysis.module.css';

const [WIDTH, HEIGHT, LEFT, TOP, FOOT] = [720, 160, 64, 12, 26];
const MINUTES = { hour: 60, day: 1440 };

/** Where the line may reach at most: whole shares, or a round number above the highest day. */
function topOf(kind: MetricDetail['kind'], most: number): number {
  if (kind === 'share') return 1;
  if (kind !== 'duration') return stepOf(Math.max(1, most)) * 4;
  const unit = most > 2 * MINUTES.day ? MINUTES.day : most > 2 * MINUTES.hour ? MINUTES.hour : 1;
  return stepOf(Math.max(1, most / unit)) * 4 * unit;
}

/** The figure of each day. The table of days beside it says the same. */
export const DayChart = ({ detail, days, title }: { detail: MetricDetail; days: string[]; title: string }) => {
  const { t, intl } = useWords();
  const { value } = useFigures();
  const found = new Map(detail.days.map((each) => [each.day, each.value]));
  const values = days.map((day) => found.get(day) ?? (detail.kind === 'count' ? 0 : null));
  const top = topOf(detail.kind, Math.max(0, ...values.map((each) => each ?? 0)));
  const line = lineOf(values, WIDTH, HEIGHT, top);
  const label = (day: string | undefined) => (day ? dayWords(intl, `${day}T12:00:00Z`) : '');
  const aim = detail.kind === 'share' && detail.target !== null ? detail.target : null;
  const y = (of: number) => HEIGHT - (of / top) * HEIGHT;
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${LEFT + WIDTH + 12} ${TOP + HEIGHT + FOOT}`}
      role="img"
      aria-label={t('analysis.chart', { title, now: value(detail.now.value, detail.kind), days: days.length })}
    >
      <g transform={`translate(${LEFT} ${TOP})`}>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <g key={part}>
            <line x1="0" x2={WIDTH} y1={y(part * top)} y2={y(part * top)} />
            <text x="-10" y={y(part * top) + 4} textAnchor="end">
              {value(part * top, detail.kind)}
            </text>
          </g>
        ))}
        {aim === null ? null : <line className={styles.aim} x1="0" x2={WIDTH} y1={y(aim)} y2={y(aim)} />}
        <path className={styles.area} d={line.area} />
        <path className={styles.stroke} d={line.path} />
        {days.length <= 31 || line.points.length === 1
          ? line.points.map((point) => <circle key={point.x} cx={point.x} cy={point.y} r="3" />)
          : null}
        <text x="0" y={HEIGHT + 20}>
          {label(days[0])}
        </text>
        <text x={WIDTH} y={HEIGHT + 20} textAnchor="end">
          {days.length > 1 ? label(days.at(-1)) : ''}
        </text>
      </g>
    </svg>
  );
};
