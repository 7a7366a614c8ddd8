import { useState } from 'react';
import { ANALYSIS_DAYS, Channel, daysOf } from '#contracts';
import { Switch } from '../app/Page.js';
import { Pick } from '../app/Pick.js';
import { QueuePick } from '../dashboard/QueuePick.js';
import { useWords } from '../i18n/Words.js';
import { periodOf, USUAL_SPANS, type AnalysisSearch } from './period.rules.js';
import styles from './Analysis.module.css';

/** Days of one's own. */
const OWN = 'own';

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
  const isOwn = search.from !== undefined;
  return (
    <div className={styles.picker}>
      <Switch
        label={t('analysis.period')}
        value={isOwn ? OWN : String(search.days ?? USUAL_SPANS[0])}
        options={[
          ...USUAL_SPANS.map((days) => ({ value: String(days), words: t('analysis.days', { days }) })),
          { value: OWN, words: t('analysis.own') },
        ]}
        onSwitch={(span) =>
          onChange({ ...without(search), ...(span === OWN ? periodOf(search, today) : { days: Number(span) }) })
        }
      />
      {isOwn ? <OwnPeriod search={search} today={today} onChange={onChange} /> : null}
      <Pick
        label={t('analysis.by.channel')}
        value={search.channel}
        all={t('analysis.all_channels')}
        options={Channel.options.map((value) => ({ value, words: t(`analysis.channel.${value}`) }))}
        onPick={(channel) => {
          const { channel: _, ...rest } = search;
          onChange(channel ? { ...rest, channel } : rest);
        }}
      />
      <QueuePick
        queue={search.queue}
        onPick={(queue) => {
          const { queue: _, ...rest } = search;
          onChange(queue ? { ...rest, queue } : rest);
        }}
      />
    </div>
  );
};
