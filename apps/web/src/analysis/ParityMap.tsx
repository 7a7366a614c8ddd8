import type { CellFigure, Channel, DayFigure, MetricKind } from '#contracts';
import { ChannelGlyph } from '../app/glyphs.js';
import { useWords } from '../i18n/Words.js';
import { isSmall, lookOf } from './figure.rules.js';
import { useFigures } from './useFigures.js';
import styles from './ParityMap.module.css';

interface Props {
  kind: MetricKind;
  target: number | null;
  days: string[];
  cells: CellFigure[];
  totals: DayFigure[];
  label: string;
}

const Cell = ({
  figure,
  kind,
  target,
}: { figure: CellFigure | DayFigure | undefined } & Pick<Props, 'kind' | 'target'>) => {
  const { t } = useWords();
  const { value } = useFigures();
  if (!figure) return <td data-look="none">–</td>;
  const small = isSmall(figure, kind);
  return (
    <td
      data-look={lookOf(figure.value, kind, target)}
      data-small={small || undefined}
      title={t('analysis.n', { n: figure.n })}
    >
      {/* The sign would stand there a hundred times: the caption says that these are shares. */}
      {value(figure.value, kind).replace(/\s?%$/u, '')}
      {small ? <small>{t('analysis.n', { n: figure.n })}</small> : null}
    </td>
  );
};

/** Whether every channel is served as well as the others, day by day. Each cell says its number; colour only repeats it. */
export const ParityMap = ({ kind, target, days, cells, totals, label }: Props) => {
  const { t, intl } = useWords();
  const found = new Map(cells.map((cell) => [`${cell.channel} ${cell.day}`, cell]));
  const all = new Map(totals.map((total) => [total.day, total]));
  const channels = [...new Set(cells.map(({ channel }) => channel))].toSorted((a, b) => order(a) - order(b));
  const isWeek = days.length <= 7;
  const heading = (day: string) =>
    intl.formatDate(
      `${day}T12:00:00Z`,
      isWeek ? { weekday: 'short', timeZone: 'UTC' } : { day: 'numeric', month: 'numeric', timeZone: 'UTC' },
    );
  const whole = (day: string) => intl.formatDate(`${day}T12:00:00Z`, { dateStyle: 'full', timeZone: 'UTC' });
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.map}>
        <thead>
          <tr>
            <td />
            {days.map((day) => (
              <th key={day} scope="col" title={whole(day)}>
                {heading(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel ?? ''}>
              <th scope="row">
                {channel ? <ChannelGlyph channel={channel} size={14} /> : null}
                {t(channel ? `analysis.channel.${channel}` : 'analysis.channel.none')}
              </th>
              {days.map((day) => (
                <Cell key={day} figure={found.get(`${channel} ${day}`)} kind={kind} target={target} />
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('analysis.all')}</th>
            {days.map((day) => (
              <Cell key={day} figure={all.get(day)} kind={kind} target={target} />
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
};

const ORDER: readonly (Channel | null)[] = ['twitter', 'email', 'store', 'phone', 'web', 'other', null];
const order = (channel: Channel | null): number => ORDER.indexOf(channel);
