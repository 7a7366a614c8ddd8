import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { canMoveLoaner, HygieneStep, type Loaner } from '#contracts';
import { storesQuery } from '../api/queries.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import type { Part } from './board.rules.js';
import { cleanLoaner, receiveLoaner, sendLoaner } from './loanerRequests.js';
import { MoveDialog, type MoveTo } from './MoveDialog.js';
import { nameOf } from './loanWords.js';
import { useLoanDeed } from './useLoanDeed.js';
import styles from './Board.module.css';

/** What has to be done to one that came back; each step says who did it. */
const Steps = ({ loaner, cleaningId }: { loaner: Loaner; cleaningId: string }) => {
  const { t } = useWords();
  const may = useMay();
  const { run, busy } = useLoanDeed();
  return (
    <div className={styles.steps}>
      {HygieneStep.options.map((step) => {
        const done = loaner.cleaned.find((each) => each.step === step);
        return (
          <button
            key={step}
            type="button"
            aria-pressed={done !== undefined}
            disabled={done !== undefined || busy || !may('loaner.hand_over')}
            onClick={() => void run(() => cleanLoaner(loaner.id, { cleaningId, step }), false)}
          >
            <Check size={16} aria-hidden />
            <span>
              {t(`loaner.step.${step}`)}
              {done?.by ? <small>{done.by.displayName}</small> : null}
            </span>
          </button>
        );
      })}
    </div>
  );
};

/** With whom it is, or for whom it is kept, and until when. */
const WithWhom = ({ loaner }: { loaner: Loaner }) => {
  const { t, intl } = useWords();
  const { loan, transfer } = loaner;
  if (transfer)
    return (
      <p>
        {t('loaner.going', {
          store: transfer.to.name,
          at: moment(intl, transfer.at),
          by: transfer.by?.displayName ?? '—',
        })}
      </p>
    );
  if (!loan) return null;
  const at = loan.keepUntil ?? loan.dueAt;
  return (
    <p>
      {loan.reference ? (
        <Link to="/cases/$reference" params={{ reference: loan.reference }} search={{ view: 'open' }}>
          {loan.customer} · {loan.reference}
        </Link>
      ) : (
        t('loaner.somebody')
      )}
      {at ? (
        <time dateTime={at} title={whole(intl, at)}>
          {t(loan.state === 'reserved' ? 'loan.until' : 'loan.due', { at: moment(intl, at) })}
        </time>
      ) : null}
      {loan.fault ? <em data-fault={loan.fault}>{t(`loan.fault.${loan.fault}`)}</em> : null}
    </p>
  );
};

const MOVES: readonly MoveTo[] = ['in_repair', 'hygiene', 'lost', 'retired'];

/** What else can be done with it. */
const More = ({ loaner, onMove }: { loaner: Loaner; onMove: (to: MoveTo) => void }) => {
  const { t } = useWords();
  const may = useMay();
  const { run } = useLoanDeed();
  const stores = useQuery(storesQuery).data?.items.filter(({ id }) => id !== loaner.store.id) ?? [];
  const free = loaner.state !== 'reserved' && loaner.state !== 'on_loan';
  const moves = MOVES.filter(
    (to) =>
      free &&
      canMoveLoaner(loaner.state, to) &&
      may(to === 'lost' || to === 'retired' ? 'loaner.manage' : 'loaner.hand_over'),
  );
  const sends = canMoveLoaner(loaner.state, 'in_transfer') && may('loaner.hand_over');
  if (moves.length === 0 && !sends) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={styles.more} aria-label={t('loaner.more', { label: loaner.label })}>
          <Ellipsis size={18} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {sends && stores.length > 0 ? <Menu.Label>{t('loaner.send')}</Menu.Label> : null}
        {sends
          ? stores.map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => void run(() => sendLoaner(loaner.id, id), false)}>
                {name}
              </Menu.Item>
            ))
          : null}
        {moves.length > 0 ? <Menu.Label>{t('loaner.move')}</Menu.Label> : null}
        {moves.map((to) => (
          <Menu.Item key={to} onClick={() => onMove(to)}>
            {t(`loaner.move.${to}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

/** One phone on the board, with what is to be done with it. */
export const LoanerCard = ({ loaner, part }: { loaner: Loaner; part: Part }) => {
  const { t } = useWords();
  const may = useMay();
  const { run, busy } = useLoanDeed();
  const [moving, setMoving] = useState<MoveTo | null>(null);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <b>{nameOf(loaner.model)}</b>
        <span className={styles.label}>{loaner.label}</span>
        <span className={styles.grade} title={t(`loaner.grade.${loaner.grade}`)}>
          {loaner.grade}
        </span>
        {part === 'coming' ? null : <More loaner={loaner} onMove={setMoving} />}
      </div>
      <small>
        {t(`loaner.os.${loaner.model.os}`)} · {loaner.model.sims.map((sim) => t(`loaner.sim.${sim}`)).join(' + ')}
        {part === 'away' ? ` · ${t(`loaner.state.${loaner.state}`)}` : null}
      </small>
      <WithWhom loaner={loaner} />
      {loaner.cleaningId ? <Steps loaner={loaner} cleaningId={loaner.cleaningId} /> : null}
      {part === 'coming' && may('loaner.hand_over') ? (
        <button
          type="button"
          className={styles.big}
          disabled={busy}
          onClick={() => void run(() => receiveLoaner(loaner.id), false)}
        >
          {t('loaner.receive')}
        </button>
      ) : null}
      {moving ? <MoveDialog loaner={loaner} to={moving} onClose={() => setMoving(null)} /> : null}
    </li>
  );
};
