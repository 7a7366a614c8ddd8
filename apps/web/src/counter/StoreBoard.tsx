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
import { boardQuery } from './counterRequests.js';
import { heldIntakes, type HeldIntake } from './keep/shelf.js';
import { unsavedCount } from './keep/kept.rules.js';
import styles from './StoreBoard.module.css';

interface PartProps {
  title: string;
  count: number;
  more?: boolean;
  empty: string;
  /** What is to be known besides. */
  aside?: string | null;
  glyph: ReactNode;
  children: ReactNode;
}

const Part = ({ title, count, more, empty, aside, glyph, children }: PartProps) => {
  const { t } = useWords();
  return (
    <section className={styles.part} aria-label={title}>
      <h2>
        {glyph} {title} <span>{count}</span>
      </h2>
      {aside ? <p>{aside}</p> : null}
      {count === 0 ? <p>{empty}</p> : <ul>{children}</ul>}
      {more ? <p>{t('board.more')}</p> : null}
    </section>
  );
};

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
    <Part
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
    </Part>
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
    <Part
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
    </Part>
  );
};

/** What is on loan, kept, ready and promised. */
const Days = ({ board }: { board: Board }) => {
  const { t, intl } = useWords();
  const { reserved, lent, ready, promised } = board;
  return (
    <>
      <Part
        title={t('board.ready')}
        count={ready.items.length}
        more={ready.more}
        empty={t('board.ready.none')}
        glyph={<PackageCheck size={20} aria-hidden />}
      >
        {ready.items.map(({ case: { customer, reference }, repairId, device, since }) => (
          <Line
            key={repairId}
            name={customer}
            words={joined(device, t('board.ready.since', { since: brief(intl, since) }))}
            to={{ reference }}
          />
        ))}
      </Part>
      <Part
        title={t('board.promised')}
        count={promised.items.length}
        more={promised.more}
        empty={t('board.promised.none')}
        glyph={<CalendarClock size={20} aria-hidden />}
      >
        {promised.items.map(({ case: { customer, reference, problem }, dueAt, late, owner }) => (
          <Line
            key={`${reference}${dueAt}`}
            name={customer}
            late={late}
            words={joined(
              t(late ? 'board.promised.late' : 'board.promised.due', {
                due: late ? moment(intl, dueAt) : clock(intl, dueAt),
              }),
              problem,
              owner,
            )}
            to={{ reference }}
          />
        ))}
      </Part>
      <Part
        title={t('board.reserved')}
        count={reserved.items.length}
        more={reserved.more}
        empty={t('board.reserved.none')}
        glyph={<Bookmark size={20} aria-hidden />}
      >
        {reserved.items.map(({ case: { customer, reference }, loanId, model, label, keepUntil }) => (
          <Line
            key={loanId}
            name={customer}
            words={joined(model, label, t('board.kept_until', { until: moment(intl, keepUntil) }))}
            to={{ reference }}
          />
        ))}
      </Part>
      <Part
        title={t('board.lent')}
        count={lent.items.length}
        more={lent.more}
        empty={t('board.lent.none')}
        glyph={<Smartphone size={20} aria-hidden />}
      >
        {lent.items.map(({ case: { customer, reference }, loanId, model, label, dueAt, late }) => (
          <Line
            key={loanId}
            name={customer}
            late={late}
            words={joined(model, label, t(late ? 'board.late' : 'board.due', { due: moment(intl, dueAt) }))}
            to={{ reference }}
          />
        ))}
      </Part>
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
