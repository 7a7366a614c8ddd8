import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { ROW_DETAILS, type AnalysisMetric, type MetricKind, type MetricRow } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Trouble } from '../app/Trouble.js';
import { moment } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { fileAddress, metricRowsQuery, type AnalysisFilters } from './analysisRequests.js';
import { useFigures } from './useFigures.js';
import panels from '../dashboard/Panels.module.css';
import styles from './Analysis.module.css';

interface Props {
  metric: AnalysisMetric;
  kind: MetricKind;
  filters: AnalysisFilters;
  /** How many there are, by the figure. */
  n: number;
}

const Row = ({ row, kind }: { row: MetricRow; kind: MetricKind }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { value } = useFigures(row.currency);
  const detail = row.detail === null ? '' : (ROW_DETAILS[language][row.detail] ?? row.detail);
  return (
    <tr>
      <th scope="row">
        <Link to="/cases/$reference" params={{ reference: row.case.reference }}>
          {row.case.reference}
        </Link>
        <small>{row.case.customer}</small>
      </th>
      <td>
        <time dateTime={row.at}>{moment(intl, row.at)}</time>
      </td>
      <td>{detail}</td>
      <td>{t(row.channel ? `analysis.channel.${row.channel}` : 'analysis.channel.none')}</td>
      <td>{row.queue?.name}</td>
      <td>{row.person?.displayName}</td>
      <td className={styles.number}>
        {kind === 'share' ? (
          <span className={styles.figure} data-look={row.value === 0 ? 'far' : 'plain'}>
            {t(row.value === 0 ? 'analysis.no' : 'analysis.yes')}
          </span>
        ) : (
          value(row.value, kind)
        )}
      </td>
    </tr>
  );
};

/** The rows the figure is made of, each with the way to its case; and all of them as a file. */
export const RowList = ({ metric, kind, filters, n }: Props) => {
  const { t, intl } = useWords();
  const { data, isError, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    metricRowsQuery(metric, filters),
  );
  const rows = data?.pages.flatMap(({ items }) => items);
  return (
    <div className={panels.panel}>
      <header>
        <h2 id="analysis-rows">{t('analysis.rows_of', { count: n })}</h2>
        <a className={styles.file} href={fileAddress(metric, filters)} download={`${metric}.csv`}>
          <Download size={14} aria-hidden /> {t('analysis.csv')}
        </a>
      </header>
      {isError ? <Trouble what={t('analysis.rows_error')} error={error} onRetry={() => void refetch()} /> : null}
      {rows?.length === 0 ? <p className={panels.none}>{t('analysis.no_rows')}</p> : null}
      {!rows && !isError ? (
        <div className={styles.bones}>
          <Bone width="80%" />
          <Bone width="70%" />
          <Bone width="75%" />
        </div>
      ) : null}
      {rows && rows.length > 0 ? (
        <div className={panels.scroll} role="region" aria-labelledby="analysis-rows" tabIndex={0}>
          <table className={`${panels.table} ${styles.rows}`}>
            <thead>
              <tr>
                {(['case', 'at', 'detail', 'channel', 'queue', 'person'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`analysis.column.${column}`)}
                  </th>
                ))}
                <th scope="col" className={styles.number}>
                  {t(kind === 'share' ? 'analysis.in_time' : 'analysis.column.value')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} kind={kind} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {hasNextPage ? (
        <p className={panels.more}>
          <Button size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('analysis.more', { shown: intl.formatNumber(rows?.length ?? 0), all: intl.formatNumber(n) })}
          </Button>
        </p>
      ) : null}
    </div>
  );
};
