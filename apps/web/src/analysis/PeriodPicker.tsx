import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ANALYSIS_DAYS, Channel, daysOf } from '#contracts';
import { queuesQuery } from '../dashboard/dashboardRequests.js';
import { useWords } from '../i18n/Words.js';
import { periodOf, USUAL_SPANS, type AnalysisSearch } from './period.rules.js';
import styles from './Analysis.module.css';

interface Props {
  search: AnalysisSearch;
  today: string;
  onChange: (search: AnalysisSearch) => void;
}

const without = ({ channel, queue }: AnalysisSearch): AnalysisSearch => ({
  ...(channel ? { channel } : {}),
  ...(queue ? { queue } : {}),
});

/** From one day to another, both of them part of it; it holds once both make sense. */
const OwnPeriod = ({ search, today, onChange }: Props) => {
  const { t } = useWords();
  const [{ from, to }, setDates] = useState(() => periodOf(search, today));
  const isWrong = !from || !to || from > to || daysOf(from, to) > ANALYSIS_DAYS;
  const put = (dates: { from: string; to: string }) => {
    setDates(dates);
    const isRight = dates.from && dates.to && dates.from <= dates.to && daysOf(dates.from, dates.to) <= ANALYSIS_DAYS;
    if (isRight) onChange({ ...without(search), ...dates });
  };
  return (
    <span className={styles.own}>
      <label>
        <span>{t('analysis.from')}</span>
        <input
          type="date"
          value={from}
          max={today}
          aria-invalid={isWrong}
          onChange={({ currentTarget: { value } }) => put({ from: value, to })}
        />
      </label>
      <label>
        <span>{t('analysis.to')}</span>
        <input
          type="date"
          value={to}
          max={today}
          aria-invalid={isWrong}
          onChange={({ currentTarget: { value } }) => put({ from, to: value })}
        />
      </label>
      {isWrong ? <small role="alert">{t('analysis.period_wrong', { days: ANALYSIS_DAYS })}</small> : null}
    </span>
  );
};

/** Which days, by which channel they came, in which queue they are. */
export const PeriodPicker = ({ search, today, onChange }: Props) => {
  const { t } = useWords();
  const queues = useQuery(queuesQuery).data?.items ?? [];
  const isOwn = search.from !== undefined;
  const days = isOwn ? undefined : (search.days ?? USUAL_SPANS[0]);
  return (
    <div className={styles.picker} role="group" aria-label={t('analysis.period')}>
      <div className={styles.spans}>
        {USUAL_SPANS.map((span) => (
          <button
            key={span}
            type="button"
            aria-pressed={days === span}
            onClick={() => onChange({ ...without(search), days: span })}
          >
            {t('analysis.days', { days: span })}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={isOwn}
          onClick={() => onChange({ ...without(search), ...periodOf(search, today) })}
        >
          {t('analysis.own')}
        </button>
      </div>
      {isOwn ? <OwnPeriod search={search} today={today} onChange={onChange} /> : null}
      <select
        aria-label={t('analysis.by.channel')}
        value={search.channel ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const { channel: _, ...rest } = search;
          onChange(value ? { ...rest, channel: value } : rest);
        }}
      >
        <option value="">{t('analysis.all_channels')}</option>
        {Channel.options.map((channel) => (
          <option key={channel} value={channel}>
            {t(`analysis.channel.${channel}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('sup.queue')}
        value={search.queue ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const { queue: _, ...rest } = search;
          onChange(value ? { ...rest, queue: value } : rest);
        }}
      >
        <option value="">{t('sup.all_queues')}</option>
        {queues.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
};
