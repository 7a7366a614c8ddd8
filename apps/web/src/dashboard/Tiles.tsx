import { Link } from '@tanstack/react-router';
import type { DashboardTiles, TileFigure, TileHead } from '#contracts';
import { Bone } from '../app/Bone.js';
import { useNow } from '../app/now.js';
import { useWords } from '../i18n/Words.js';
import { shortName, TILE_LOOKS } from './tile.rules.js';
import { useShortSpan } from './useSpan.js';
import styles from './Tiles.module.css';

interface Props {
  data: DashboardTiles | undefined;
  queue: string | undefined;
}

/** Who is satisfied on paper only, and what they lack. */
const usePaperNote = (): ((figure: TileFigure) => string) => {
  const { t, intl } = useWords();
  return ({ count, first }) => {
    if (count === 0) return t('tile.paper.none');
    const one = ({ customer, lacks }: TileHead) =>
      t('tile.paper.one', {
        name: shortName(customer),
        lacks: intl.formatList(
          lacks.map((kind) => t(`impact.${kind}`).toLocaleLowerCase(intl.locale)),
          { type: 'unit' },
        ),
      });
    const names = first.map(one).join(', ');
    return t('tile.paper.who', { lead: t('tile.paper.lead'), names, more: count - first.length });
  };
};

/** The second line of a figure: its worst, whose it is, or how it was yesterday. */
const useNote = (yesterday: number | null): ((figure: TileFigure) => string) => {
  const { t } = useWords();
  const now = useNow();
  const span = useShortSpan();
  const paper = usePaperNote();
  return (figure) => {
    const { tile, count, first } = figure;
    if (tile === 'paper') return paper(figure);
    if (tile === 'without_service' && yesterday !== null) {
      const change = count - yesterday;
      return change === 0 ? t('tile.same') : t('tile.since_yesterday', { change });
    }
    const [head] = first;
    if (count === 0 || !head?.at) return t('tile.none');
    const length = span(head.at, now);
    if (tile === 'breached' || tile === 'update_late') return t('tile.worst', { span: length });
    const name = tile === 'handovers' || tile === 'escalations' ? head.who : shortName(head.customer);
    return name ? t('tile.longest', { name, span: length }) : length;
  };
};

const Figure = ({ figure, note, queue }: { figure: TileFigure; note: string; queue: string | undefined }) => {
  const { t, intl } = useWords();
  const { tile, count, capped } = figure;
  const name = t(`tile.${tile}`);
  const label = t('tile.label', { name, count, capped, note: note || 'none' });
  const number = (
    <b className={styles.number} data-look={count > 0 ? TILE_LOOKS[tile] : undefined}>
      {intl.formatNumber(count)}
      {capped ? '+' : ''}
    </b>
  );
  return (
    <Link
      to="/dashboard"
      search={{ tile, ...(queue ? { queue } : {}) }}
      className={styles.tile}
      data-paper={tile === 'paper' || undefined}
      data-tile={tile}
      data-count={count}
      aria-label={label}
    >
      {tile === 'paper' ? (
        <>
          {number}
          <span>
            <strong>{name}</strong>
            <small>{note}</small>
          </span>
        </>
      ) : (
        <>
          <span className={styles.name}>{name}</span>
          <span className={styles.line}>
            {number}
            <small title={note}>{note}</small>
          </span>
        </>
      )}
    </Link>
  );
};

/** What asks for attention, each figure the way to its rows. *Satisfied on paper* stands first and cannot be put away. */
export const Tiles = ({ data, queue }: Props) => {
  const { t } = useWords();
  const note = useNote(data?.yesterday ?? null);
  if (!data)
    return (
      <div className={styles.tiles} role="status" aria-label={t('app.loading')}>
        {Array.from({ length: 8 }, (_, at) => (
          <div key={at} className={styles.tile} data-paper={at === 0 || undefined}>
            <Bone width="70%" />
            <Bone width={44} height={26} />
          </div>
        ))}
      </div>
    );
  return (
    <nav className={styles.tiles} aria-label={t('sup.tiles')}>
      {data.tiles.map((figure) => (
        <Figure key={figure.tile} figure={figure} note={note(figure)} queue={queue} />
      ))}
    </nav>
  );
};
