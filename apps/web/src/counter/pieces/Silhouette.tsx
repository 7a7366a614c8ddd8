import { X } from 'lucide-react';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { ConditionMark } from '#contracts';
import { useWords } from '../../i18n/Words.js';
import { COLUMNS, middleOf, placeOf, ROWS, tapped, type Side } from './marks.rules.js';
import { Seg } from './Seg.js';
import styles from './Silhouette.module.css';

type MarkKind = ConditionMark['kind'];
const KINDS = ['scratch', 'crack', 'dent', 'missing'] as const satisfies MarkKind[];
const SIGNS: Record<MarkKind, string> = { scratch: '/', crack: '×', dent: '•', missing: '–', other: '?' };

const STEPS: Partial<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const within = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));

interface FaceProps {
  side: Side;
  marks: readonly ConditionMark[];
  onTap: (at: { x: number; y: number }) => void;
}

/** One side of the phone: tapped where something is to be seen, or walked over with the arrow keys. */
const Face = ({ side, marks, onTap }: FaceProps) => {
  const { t } = useWords();
  const [[column, row], setPlace] = useState<[number, number]>([1, 2]);
  const words = (at: { x: number; y: number }) => {
    const { column: across, row: up } = placeOf(at);
    return t('marks.place', { row: t(`marks.row.${up}`), column: t(`marks.column.${across}`) });
  };
  const tap = (event: PointerEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onTap({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
  };
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step) setPlace([within(column + step[0], COLUMNS), within(row + step[1], ROWS)]);
    else if (event.key === 'Enter' || event.key === ' ') onTap(middleOf(column, row));
    else return;
    event.preventDefault();
  };
  const cursor = middleOf(column, row);
  const here = marks.filter((mark) => words(mark) === words(cursor));
  return (
    <div className={styles.side}>
      <button
        type="button"
        className={styles.face}
        data-side={side}
        onPointerUp={tap}
        onKeyDown={press}
        aria-label={t('marks.face', {
          side: t(`marks.side.${side}`),
          place: words(cursor),
          marks: here.length > 0 ? here.map(({ kind }) => t(`marks.kind.${kind}`)).join(', ') : t('marks.none_here'),
        })}
      >
        <span className={styles.cursor} style={{ left: `${cursor.x * 100}%`, top: `${cursor.y * 100}%` }} aria-hidden />
        {marks.map((mark, index) => (
          <span
            key={index}
            className={styles.mark}
            style={{ left: `${mark.x * 100}%`, top: `${mark.y * 100}%` }}
            aria-hidden
          >
            {SIGNS[mark.kind]}
          </span>
        ))}
      </button>
      <span className={styles.caption}>{t(`marks.side.${side}`)}</span>
    </div>
  );
};

interface Props {
  marks: readonly ConditionMark[];
  onChange: (marks: ConditionMark[]) => void;
}

/** Where the phone has been hit: front and back, and the same in words. */
export const Silhouette = ({ marks, onChange }: Props) => {
  const { t } = useWords();
  const [kind, setKind] = useState<MarkKind>('scratch');
  const words = (mark: ConditionMark) => {
    const { column, row } = placeOf(mark);
    const place = t('marks.place', { row: t(`marks.row.${row}`), column: t(`marks.column.${column}`) });
    return t('marks.said', { kind: t(`marks.kind.${mark.kind}`), side: t(`marks.side.${mark.side}`), place });
  };
  return (
    <div className={styles.silhouette}>
      <Seg
        legend={t('marks.kind')}
        quiet
        value={kind}
        choices={KINDS.map((value) => ({ value, words: t(`marks.kind.${value}`) }))}
        onChange={setKind}
      />
      <div className={styles.faces}>
        {(['front', 'back'] as const).map((side) => (
          <Face
            key={side}
            side={side}
            marks={marks.filter((mark) => mark.side === side)}
            onTap={(at) => onChange(tapped(marks, { side, kind, ...at }))}
          />
        ))}
        <ul className={styles.list} aria-label={t('marks.list')}>
          {marks.length === 0 ? <li className={styles.none}>{t('marks.none')}</li> : null}
          {marks.map((mark, index) => (
            <li key={index}>
              {words(mark)}
              <button
                type="button"
                onClick={() => onChange(marks.filter((_, at) => at !== index))}
                aria-label={t('marks.remove', { mark: words(mark) })}
              >
                <X size={18} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
};
