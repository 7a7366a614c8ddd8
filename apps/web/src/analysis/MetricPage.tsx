import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { AnalysisMetric, METRICS, type AnalysisGroup, type MetricDetail } from '#contracts';
import { Bone } from '../app/Bone.js';
import { NotFound } from '../app/Fallbacks.js';
import { Switch } from '../app/Page.js';
import { Trouble } from '../app/Trouble.js';
import { calendarDay } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import page from '../dashboard/Dashboard.module.css';
import panels from '../dashboard/Panels.module.css';
import { filtersOf, metricQuery, type AnalysisFilters } from './analysisRequests.js';
import { DayChart } from './DayChart.js';
import { Definition } from './Definition.js';
import { isSmall, lookOf } from './figure.rules.js';
import { GroupTable } from './GroupTable.js';
import { ChangeNote } from './MetricCard.js';
import { ParityMap } from './ParityMap.js';
import { PeriodPicker } from './PeriodPicker.js';
import { everyDay, periodOf } from './period.rules.js';
import { RowList } from './RowList.js';
import { SupervisionPage } from './SupervisionPage.js';
import { useFigures, useMetricWords } from './useFigures.js';
import styles from './Analysis.module.css';

/** The figure of the card, with all that can be said of its rows together. */
const Headline = ({ detail }: { detail: MetricDetail }) => {
  const { t, intl } = useWords();
  const { value } = useFigures(detail.currency);
  const { now, kind, target } = detail;
  return (
    <div className={styles.headline}>
      <p className={styles.value} data-look={lookOf(now.value, kind, target)}>
        <b>{value(now.value, kind)}</b>
        {target !== null ? <small>{t('analysis.target', { target: value(target, kind) })}</small> : null}
      </p>
      <ChangeNote card={detail} />
      <dl>
        <dt>{t('analysis.rows')}</dt>
        <dd>
          {isSmall(now, kind) ? `${t('analysis.n', { n: now.n })} · ${t('analysis.few')}` : intl.formatNumber(now.n)}
        </dd>
        {kind === 'duration' || kind === 'mean' ? (
          <>
            <dt>{t(kind === 'mean' ? 'analysis.median' : 'analysis.average')}</dt>
            <dd>{value(kind === 'mean' ? now.median : now.average, kind)}</dd>
            <dt>{t('analysis.p90')}</dt>
            <dd>{value(now.p90, kind)}</dd>
          </>
        ) : null}
      </dl>
    </div>
  );
};

/** By day, and by channel and day where its figures are short enough for a map. */
const Pictures = ({ detail, title }: { detail: MetricDetail; title: string }) => {
  const { t } = useWords();
  const { value } = useFigures(detail.currency);
  const shown = everyDay(detail.period.from, detail.period.to);
  const isMapped =
    detail.kind !== 'duration' && detail.kind !== 'money' && shown.length <= 31 && detail.cells.length > 0;
  return (
    <div className={styles.pictures} data-short={(isMapped && shown.length <= 14) || undefined}>
      <section className={panels.panel} aria-label={t('analysis.by_day')}>
        <header>
          <h2>{t('analysis.by_day')}</h2>
          {detail.target !== null && detail.kind === 'share' ? (
            <small>{t('analysis.target', { target: value(detail.target, detail.kind) })}</small>
          ) : null}
        </header>
        <DayChart detail={detail} days={shown} title={title} />
      </section>
      {isMapped ? (
        <div className={panels.panel}>
          <header>
            <h2>{t('analysis.parity', { title })}</h2>
            <small>
              {detail.kind === 'share' && detail.target !== null
                ? t('analysis.parity_target', { target: value(detail.target, detail.kind) })
                : t(`analysis.value.${detail.kind}`)}
            </small>
          </header>
          <ParityMap
            kind={detail.kind}
            target={detail.target}
            days={shown}
            cells={detail.cells}
            totals={detail.days}
            label={t('analysis.parity', { title })}
          />
        </div>
      ) : null}
    </div>
  );
};

const Figures = ({ metric, filters }: { metric: AnalysisMetric; filters: AnalysisFilters }) => {
  const { t } = useWords();
  const words = useMetricWords()(metric);
  const [group, setGroup] = useState<AnalysisGroup>(METRICS[metric].kind === 'money' ? 'kind' : 'channel');
  const [currency, setCurrency] = useState<string>();
  const of = { ...filters, currency };
  const { data, isError, error, refetch, isPlaceholderData } = useQuery(metricQuery(metric, of, group));
  if (isError && !data) return <Trouble what={t('analysis.error')} error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div className={page.bones} role="status" aria-label={t('app.loading')}>
        <Bone width="30%" height={26} />
        <Bone width="90%" />
        <Bone width="80%" />
      </div>
    );
  return (
    <div className={styles.figures} data-old={isPlaceholderData || undefined} aria-busy={isPlaceholderData}>
      {isError ? <Trouble what={t('analysis.error')} error={error} onRetry={() => void refetch()} /> : null}
      <section className={`${panels.panel} ${styles.about}`} aria-label={t('analysis.what', { title: words.title })}>
        <Headline detail={data} />
        <Definition words={words} />
      </section>
      {data.currency && data.currencies.some((each) => each !== data.currency) ? (
        <Switch
          label={t('analysis.currency')}
          value={data.currency}
          options={[...new Set([data.currency, ...data.currencies])]
            .toSorted()
            .map((value) => ({ value, words: value }))}
          onSwitch={setCurrency}
        />
      ) : null}
      {data.now.n > 0 && !data.isNow ? <Pictures detail={data} title={words.title} /> : null}
      {data.now.n > 0 ? <GroupTable detail={data} group={group} onGroup={setGroup} /> : null}
      <RowList metric={metric} kind={METRICS[metric].kind} filters={of} n={data.now.n} />
    </div>
  );
};

/** One metric: what it says, how it went, by whom and where, and the rows it is made of. */
export const MetricPage = () => {
  const { t, intl } = useWords();
  const navigate = useNavigate();
  const { metric: asked } = useParams({ from: '/inside/analysis/$metric' });
  const search = useSearch({ from: '/inside/analysis/$metric' });
  const wordsOf = useMetricWords();
  const today = calendarDay(intl, new Date());
  const metric = AnalysisMetric.safeParse(asked).data;
  if (!metric) return <NotFound />;
  return (
    <SupervisionPage
      tools={
        <PeriodPicker
          search={search}
          today={today}
          onChange={(next) =>
            void navigate({ to: '/analysis/$metric', params: { metric }, search: next, replace: true })
          }
        />
      }
    >
      <h2 className={styles.title}>
        <Link to="/analysis" search={search} aria-label={t('analysis.back')}>
          <ArrowLeft size={18} aria-hidden />
        </Link>
        {wordsOf(metric).title}
      </h2>
      <Figures key={metric} metric={metric} filters={filtersOf(periodOf(search, today), search)} />
    </SupervisionPage>
  );
};
