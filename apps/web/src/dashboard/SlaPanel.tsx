import { useQuery } from '@tanstack/react-query';
import type { CellFigure, Channel, DayFigure, MetricDetail } from '#contracts';
import { ChannelGlyph } from '../app/glyphs.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { slaQuery } from './dashboardRequests.js';
import { lastDays, lookOf } from './sla.rules.js';
import styles from './SlaPanel.module.css';

const CHANNELS = ['twitter', 'email', 'store', 'phone', 'web', 'other'] as const satisfies Channel[];

const Cell = ({
  figure,
  today,
  target,
}: {
  figure: CellFigure | DayFigure | undefined;
  today: boolean;
  target: number;
}) => {
  const { t, intl } = useWords();
  if (!figure || figure.value === null)
    return (
      <td data-today={today || undefined}>
        <span data-empty>–</span>
      </td>
    );
  const share = figure.value;
  return (
    <td data-today={today || undefined} title={t('panel.sla.of', { count: figure.n })}>
      <span data-look={lookOf(share, target)}>{intl.formatNumber(Math.round(share * 100))}</span>
    </td>
  );
};

const Heat = ({ detail }: { detail: MetricDetail }) => {
  const { t, intl } = useWords();
  const days = lastDays(detail.period.to);
  const target = detail.target ?? 1;
  const today = days.at(-1);
  const used = CHANNELS.filter((channel) => detail.cells.some((cell) => cell.channel === channel));
  return (
    <table className={styles.heat}>
      <thead>
        <tr>
          <td />
          {days.map((day) => (
            <th key={day} scope="col">
              {day === today
                ? t('panel.days.today')
                : intl.formatDate(`${day}T12:00:00Z`, { weekday: 'short', timeZone: 'UTC' })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {used.map((channel) => (
          <tr key={channel}>
            <th scope="row">
              <span>
                <ChannelGlyph channel={channel} size={13} />
                {t(`panel.sla.${channel}`)}
              </span>
            </th>
            {days.map((day) => (
              <Cell
                key={day}
                figure={detail.cells.find((cell) => cell.channel === channel && cell.day === day)}
                today={day === today}
                target={target}
              />
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row">{t('panel.sla.all')}</th>
          {days.map((day) => (
            <Cell
              key={day}
              figure={detail.days.find((figure) => figure.day === day)}
              today={day === today}
              target={target}
            />
          ))}
        </tr>
      </tbody>
    </table>
  );
};

/** Which share of the clocks was met, by channel and day: no channel may be the poor one. */
export const SlaPanel = ({ queue }: { queue: string | undefined }) => {
  const { t, intl } = useWords();
  const { data, isError, error, refetch } = useQuery(slaQuery(queue));
  return (
    <section className={styles.panel} aria-labelledby="panel-sla">
      <header>
        <h2 id="panel-sla">{t('panel.sla')}</h2>
        {data?.target ? (
          <small>{t('panel.sla.target', { share: intl.formatNumber(data.target, { style: 'percent' }) })}</small>
        ) : null}
      </header>
      {isError && !data ? (
        <Trouble what={t('panel.sla.error')} error={error} onRetry={() => void refetch()} />
      ) : data && data.days.length === 0 ? (
        <p className={styles.none}>{t('panel.sla.none')}</p>
      ) : data ? (
        <Heat detail={data} />
      ) : null}
    </section>
  );
};
