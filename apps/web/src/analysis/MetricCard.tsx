import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp, Equal } from 'lucide-react';
import type { AnalysisCard } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { DefinitionButton } from './Definition.js';
import { isSmall, lineOf, lookOf } from './figure.rules.js';
import { everyDay, type AnalysisSearch } from './period.rules.js';
import { useFigures, useMetricWords } from './useFigures.js';
import chart from '../dashboard/chart.module.css';
import styles from './Analysis.module.css';

const [WIDTH, HEIGHT] = [240, 36];

/** How it went day by day; its figures stand on the page of the metric. */
const Spark = ({ card, days }: { card: AnalysisCard; days: string[] }) => {
  const found = new Map(card.days.map(({ day, value }) => [day, value]));
  const values = days.map((day) => found.get(day) ?? (card.kind === 'count' || card.kind === 'money' ? 0 : null));
  const top = card.kind === 'share' ? 1 : Math.max(1, ...values.map((value) => value ?? 0));
  const { path, area, points } = lineOf(values, WIDTH, HEIGHT, top);
  const last = points.at(-1);
  return (
    <svg className={styles.spark} viewBox={`-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`} preserveAspectRatio="none" aria-hidden>
      <path className={chart.area} d={area} />
      <path className={chart.stroke} d={path} vectorEffect="non-scaling-stroke" />
      {last && points.length === 1 ? <circle cx={last.x} cy={last.y} r="3" /> : null}
    </svg>
  );
};

/** Against the period before: better or worse is said by words and arrow, not by colour alone. */
export const ChangeNote = ({ card }: { card: AnalysisCard }) => {
  const { t } = useWords();
  const change = useFigures(card.currency).change(card.now, card.before, card.kind, card.better);
  if (card.isNow) return <small className={styles.change}>{t('analysis.right_now')}</small>;
  if (!change) return <small className={styles.change}>{t('analysis.no_before')}</small>;
  const Arrow = change.is === 'same' ? Equal : change.by > 0 ? ArrowUp : ArrowDown;
  return (
    <small className={styles.change} data-is={change.is}>
      <Arrow size={13} aria-hidden /> {change.words}
      {change.is === 'same' || change.is === 'other' ? null : ` · ${t(`analysis.${change.is}`)}`}
    </small>
  );
};

interface Props {
  card: AnalysisCard;
  period: { from: string; to: string };
  search: AnalysisSearch;
}

/** One metric: its figure, how it changed, how it went; the whole card leads to its page. */
export const MetricCard = ({ card, period, search }: Props) => {
  const { t } = useWords();
  const { value } = useFigures(card.currency);
  const words = useMetricWords()(card.metric);
  return (
    <li className={styles.card}>
      <header>
        <h3>
          <Link to="/analysis/$metric" params={{ metric: card.metric }} search={search}>
            {words.title}
          </Link>
        </h3>
        <DefinitionButton metric={card.metric} />
      </header>
      <p className={styles.value} data-look={lookOf(card.now.value, card.kind, card.target)}>
        <b>{value(card.now.value, card.kind)}</b>
        {isSmall(card.now, card.kind) ? <small>{t('analysis.n', { n: card.now.n })}</small> : null}
        {card.kind === 'share' && card.target !== null ? (
          <small>{t('analysis.target', { target: value(card.target, card.kind) })}</small>
        ) : null}
      </p>
      <ChangeNote card={card} />
      {card.isNow ? null : <Spark card={card} days={everyDay(period.from, period.to)} />}
    </li>
  );
};
