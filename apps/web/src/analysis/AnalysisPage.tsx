import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { AnalysisMetric } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Trouble } from '../app/Trouble.js';
import { calendarDay } from '../i18n/moments.js';
import { useWords, type Key } from '../i18n/Words.js';
import { cardsQuery, filtersOf, type AnalysisFilters } from './analysisRequests.js';
import { MetricCard } from './MetricCard.js';
import { PeriodPicker } from './PeriodPicker.js';
import { periodOf, type AnalysisSearch } from './period.rules.js';
import { SupervisionPage } from './SupervisionPage.js';
import styles from './Analysis.module.css';

/** What customers live through comes first; each part is asked for by itself, so that none waits for the slowest. */
const PARTS: { title: Key; metrics: readonly AnalysisMetric[] }[] = [
  { title: 'analysis.part.customer', metrics: ['on_paper_now', 'on_paper', 'had_to_ask', 'told_again', 'reopened'] },
  {
    title: 'analysis.part.time',
    metrics: ['sla_met', 'promises_kept', 'first_useful_action', 'time_to_relief', 'handlers'],
  },
  {
    title: 'analysis.part.stages',
    metrics: ['stage_received', 'stage_understood', 'stage_in_solution', 'stage_restored'],
  },
  { title: 'analysis.part.given', metrics: ['goodwill'] },
];

interface PartProps {
  title: Key;
  metrics: readonly AnalysisMetric[];
  filters: AnalysisFilters;
  search: AnalysisSearch;
}

const Part = ({ title, metrics, filters, search }: PartProps) => {
  const { t } = useWords();
  const { data, isError, error, refetch, isPlaceholderData } = useQuery(cardsQuery(metrics, filters));
  return (
    <section className={styles.part} aria-label={t(title)} aria-busy={isPlaceholderData || !data}>
      <h2>{t(title)}</h2>
      {isError ? <Trouble what={t('analysis.error')} error={error} onRetry={() => void refetch()} /> : null}
      {isError && !data ? null : (
        <ul className={styles.cards} data-old={isPlaceholderData || undefined}>
          {data
            ? data.cards.map((card) => (
                <MetricCard key={card.metric} card={card} period={data.period} search={search} />
              ))
            : metrics.map((metric) => (
                <li key={metric} className={styles.card}>
                  <Bone width="70%" />
                  <Bone width="40%" height={26} />
                  <Bone width="90%" />
                </li>
              ))}
        </ul>
      )}
    </section>
  );
};

/** How customers fared in some days, and in as many before: each figure says what it counts and opens its rows. */
export const AnalysisPage = () => {
  const { intl } = useWords();
  const navigate = useNavigate();
  const search = useSearch({ from: '/inside/analysis' });
  const today = calendarDay(intl, new Date());
  const filters = filtersOf(periodOf(search, today), search);
  return (
    <SupervisionPage
      tools={
        <PeriodPicker
          search={search}
          today={today}
          onChange={(next) => void navigate({ to: '/analysis', search: next, replace: true })}
        />
      }
    >
      {PARTS.map(({ title, metrics }) => (
        <Part key={title} title={title} metrics={metrics} filters={filters} search={search} />
      ))}
    </SupervisionPage>
  );
};
