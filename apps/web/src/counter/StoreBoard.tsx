import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, Bookmark, CalendarClock, ClipboardPen, Footprints, PackageCheck, Smartphone } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { IntakeRow, StoreBoard as Board } from '#contracts';
import { Avatar } from '../app/Avatar.js';
import { useNow } from '../app/now.js';
import { useUser } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { Parcels } from '../custody/Parcels.js';
import { useWords } from '../i18n/Words.js';
import { brief, clock, moment } from '../i18n/moments.js';
import { onTheirWayQuery } from '../ownership/ownershipRequests.js';
import { BoardPart } from './BoardPart.js';
import { boardQuery } from './counterRequests.js';
import { heldIntakes, type HeldIntake } from './keep/shelf.js';
import { unsavedCount } from './keep/kept.rules.js';
import styles from './StoreBoard.module.css';

interface LineProps {
  name: string;
  words: string;
  late?: boolean;
  /** An intake to go on with, or somebody to look for. */
  to: { intake: string } | { reference: string };
}

/** One line of the day: who, what, and the way there. */
const Line = ({ name, words, late, to }: LineProps) => {
  const inside = (
    <>
      <Avatar name={name} size={40} />
      <span>
        <b>{name}</b>
        <small>{words}</small>
      </span>
      <ArrowRight size={20} aria-hidden />
    </>
  );
  return (
    <li>
      {'intake' in to ? (
        <Link to="/visit/$id" params={{ id: to.intake }} className={styles.row}>
          {inside}
        </Link>
      ) : (
        <Link to="/visit" search={{ q: to.reference }} className={styles.row} data-late={late || undefined}>
          {inside}
        </Link>
      )}
    </li>
  );
};

const isUnsent = ({ begun, kept }: HeldIntake): boolean => !begun || unsavedCount(kept) > 0;

/** What this tablet holds of this shop. */
const useHeld = (writerId: string, storeId: string): HeldIntake[] => {
  const [held, setHeld] = useState<HeldIntake[]>([]);
  useEffect(() => {
    heldIntakes(writerId).then(setHeld, reportError);
  }, [writerId]);
  return held.filter((intake) => intake.storeId === storeId);
};

const joined = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ');

/** What was begun at this counter, on whichever tablet, and can be gone on with on this one. */
const Begun = ({ storeId, told }: { storeId: string; told: readonly IntakeRow[] | undefined }) => {
  const { t, intl } = useWords();
  const user = useUser();
  const intakes = told ?? [];
  // Of what the server has, it says itself whether it is still open; where it cannot, what is here can be gone on with.
  const unsent = useHeld(user.id, storeId).filter(
    (held) => (!told || isUnsent(held)) && !intakes.some(({ id }) => id === held.id),
  );
  return (
    <BoardPart
      title={t('board.begun')}
      count={intakes.length + unsent.length}
      empty={t('board.begun.none')}
      glyph={<ClipboardPen size={20} aria-hidden />}
    >
      {unsent.map((held) => (
        <Line
          key={held.id}
          name={held.whoName ?? t('counter.somebody')}
          words={joined(
            t(`board.kind.${held.kind}`),
            isUnsent(held) ? t('board.only_here') : null,
            clock(intl, held.startedAt),
          )}
          to={{ intake: held.id }}
        />
      ))}
      {intakes.map(({ id, kind, who, model, caseReference, touchedBy, touchedAt }) => (
        <Line
          key={id}
          name={who ?? t('counter.somebody')}
          words={joined(
            t(`board.kind.${kind}`),
            model,
            caseReference,
            t('board.touched', { name: touchedBy.displayName, time: brief(intl, touchedAt) }),
          )}
          to={{ intake: id }}
        />
      ))}
    </BoardPart>
  );
};

/** Who is expected: shown the way here by somebody else, or here already. */
const Coming = ({ storeId, waiting }: { storeId: string; waiting: number | null }) => {
  const { t, intl } = useWords();
  const now = useNow();
  const coming = (useQuery(onTheirWayQuery).data?.items ?? []).filter(({ store }) => store.id === storeId);
  const since = (at: string) =>
    t('counter.minutes', { count: Math.max(0, Math.round((now - Date.parse(at)) / 60_000)) });
  return (
    <BoardPart
      title={t('board.coming')}
      aside={waiting ? t('board.waiting', { count: waiting }) : null}
      count={coming.length}
      empty={t('board.coming.none')}
      glyph={<Footprints size={20} aria-hidden />}
    >
      {coming.map(({ id, case: { customer, problem, reference }, arrivedAt, at }) => (
        <Line
          key={id}
          name={customer}
          words={joined(problem, arrivedAt ? t('board.arrived', { since: since(arrivedAt) }) : brief(intl, at))}
          to={{ reference }}
        />
      ))}
    </BoardPart>
  );
};

interface ShelfProps<T> {
  name: 'ready' | 'promised' | 'reserved' | 'lent';
  glyph: ReactNode;
  shelf: { items: T[]; more: boolean };
  idOf: (item: T) => string;
  words: (item: T) => string;
}
type Shelved = Pick<Board['ready']['items'][number], 'case'> & { late?: boolean };

/** What waits for somebody, each with whose it is. */
const Shelf = <T extends Shelved>({ name, glyph, shelf: { items, more }, idOf, words }: ShelfProps<T>) => {
  const { t } = useWords();
  return (
    <BoardPart
      title={t(`board.${name}`)}
      count={items.length}
      more={more}
      empty={t(`board.${name}.none`)}
      glyph={glyph}
    >
      {items.map((item) => (
        <Line
          key={idOf(item)}
          name={item.case.customer}
          late={item.late}
          words={words(item)}
          to={{ reference: item.case.reference }}
        />
      ))}
    </BoardPart>
  );
};

/** What is ready, promised, kept and on loan. */
const Days = ({ board: { ready, promised, reserved, lent } }: { board: Board }) => {
  const { t, intl } = useWords();
  return (
    <>
      <Shelf
        name="ready"
        glyph={<PackageCheck size={20} aria-hidden />}
        shelf={ready}
        idOf={({ repairId }) => repairId}
        words={({ device, since }) => joined(device, t('board.ready.since', { since: brief(intl, since) }))}
      />
      <Shelf
        name="promised"
        glyph={<CalendarClock size={20} aria-hidden />}
        shelf={promised}
        idOf={({ case: { reference }, dueAt }) => `${reference}${dueAt}`}
        words={({ case: { problem }, dueAt, late, owner }) =>
          joined(
            late
              ? t('board.promised.late', { due: moment(intl, dueAt) })
              : t('board.promised.due', { due: clock(intl, dueAt) }),
            problem,
            owner,
          )
        }
      />
      <Shelf
        name="reserved"
        glyph={<Bookmark size={20} aria-hidden />}
        shelf={reserved}
        idOf={({ loanId }) => loanId}
        words={({ model, label, keepUntil }) =>
          joined(model, label, t('board.kept_until', { until: moment(intl, keepUntil) }))
        }
      />
      <Shelf
        name="lent"
        glyph={<Smartphone size={20} aria-hidden />}
        shelf={lent}
        idOf={({ loanId }) => loanId}
        words={({ model, label, dueAt, late }) =>
          joined(model, label, t(late ? 'board.late' : 'board.due', { due: moment(intl, dueAt) }))
        }
      />
    </>
  );
};

/** The day at this counter: who waits, what was begun, what is ready, what was promised. */
export const StoreBoard = ({ storeId }: { storeId: string }) => {
  const { t } = useWords();
  const board = useQuery(boardQuery(storeId));
  const { loaners } = board.data ?? {};
  return (
    <div>
      {board.isError ? (
        <Trouble what={t('board.error')} error={board.error} onRetry={() => void board.refetch()} />
      ) : null}
      <div className={styles.board}>
        <Begun storeId={storeId} told={board.data?.intakes} />
        <Coming storeId={storeId} waiting={board.data?.waiting ?? null} />
        {board.data ? <Days board={board.data} /> : null}
        <Parcels storeId={storeId} />
      </div>
      {loaners ? <p className={styles.shelf}>{t('board.shelf', { ...loaners })}</p> : null}
    </div>
  );
};
