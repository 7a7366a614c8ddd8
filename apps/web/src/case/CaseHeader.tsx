import { Tooltip } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronLeft, Copy, ListCollapse, PanelRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CaseDetail } from '#contracts';
import { offerDeeds } from '../app/caseDeeds.js';
import { TierGlyph } from '../app/glyphs.js';
import { useKeys } from '../app/keys.js';
import { notify } from '../app/notices.js';
import { useIsPhone } from '../app/phone.js';
import { useMay, useUser } from '../app/session.js';
import { ClockLedger } from '../clocks/ClockLedger.js';
import { ProofBadge } from '../customer/ProofBadge.js';
import { PartnerChip } from '../handoff/PartnerChip.js';
import { useWords } from '../i18n/Words.js';
import { useDesk } from '../inbox/deskContext.js';
import { Bell } from '../notifications/Bell.js';
import { OwnershipLine } from '../ownership/OwnershipLine.js';
import { Present } from '../presence/Present.js';
import { useHandover } from '../story/useHandover.js';
import { AssignMenu } from './AssignMenu.js';
import { CaseMenu } from './CaseMenu.js';
import { useWriting } from './caseContext.js';
import { Impacts } from './Impacts.js';
import { isOver, openBeside } from './stage.rules.js';
import { StageStrip } from './StageStrip.js';
import { StatusMenu } from './StatusMenu.js';
import { useChangeCase } from './useChangeCase.js';
import styles from './CaseHeader.module.css';

interface Props {
  detail: CaseDetail;
  /** Opens the customer's drawer where the customer is not on the screen. */
  onContext: (() => void) | null;
}

const useHeaderDeeds = (detail: CaseDetail) => {
  const { t } = useWords();
  const me = useUser();
  const may = useMay();
  const change = useChangeCase(detail);
  const copy = async (text: string, said: string) => {
    await navigator.clipboard.writeText(text);
    notify(said);
  };
  return {
    mine: detail.assignee?.id === me.id,
    may,
    change,
    take: () => change({ assigneeId: me.id }, { assignee: { id: me.id, displayName: me.displayName } }),
    copyReference: () => copy(detail.reference, t('case.copied')),
    copyLink: () => copy(`${window.location.origin}/cases/${detail.reference}`, t('case.link_copied')),
  };
};

const Reference = ({ reference, onCopy }: { reference: string; onCopy: () => void }) => {
  const { t } = useWords();
  const label = t('case.reference', { reference });
  return (
    <Tooltip label={label}>
      <button type="button" className={styles.reference} onClick={onCopy} aria-label={label}>
        {reference} <Copy size={12} />
      </button>
    </Tooltip>
  );
};

/** It goes on elsewhere. */
const MergedInto = ({ reference }: { reference: string }) => {
  const { t } = useWords();
  const { view } = useDesk();
  const navigate = useNavigate();
  return (
    <p className={styles.merged}>
      {t('case.merged')}{' '}
      <button
        type="button"
        onClick={() => void navigate({ to: '/cases/$reference', params: { reference }, search: { view } })}
      >
        {t('case.merged.open')}
      </button>
    </p>
  );
};

/** Who, what, whose and how far: the facts of a case and the deeds on it. */
export const CaseHeader = ({ detail, onContext }: Props) => {
  const { t } = useWords();
  const { view, openQueue } = useDesk();
  const { write } = useWriting();
  const isPhone = useIsPhone();
  const [menu, setMenu] = useState<'assign' | 'status' | null>(null);
  const { mine, may, change, take, copyReference, copyLink } = useHeaderDeeds(detail);
  const handover = useHandover(detail);
  const over = isOver(detail.status);
  const movable = may('case.change_status') && detail.status !== 'merged' && !openBeside(detail);
  const takable = may('case.assign') && !mine && !over;
  const deeds = {
    reply: () => write('customer'),
    note: () => write('internal'),
    partner: () => {
      if (may('handoff.work')) write('partner');
    },
    assign: () => setMenu('assign'),
    status: () => {
      if (movable) setMenu('status');
    },
    take: () => {
      if (takable) void take();
    },
    link: () => void copyLink(),
    handover: () => void handover(),
  };
  useKeys({
    r: deeds.reply,
    n: deeds.note,
    p: deeds.partner,
    a: deeds.assign,
    s: deeds.status,
    m: deeds.take,
    '.': deeds.link,
  });
  useEffect(() =>
    offerDeeds({
      ...deeds,
      mine,
      over,
      title: `${detail.customer.displayName} · ${detail.reference}`,
      reference: detail.reference,
      phone: detail.contactPoints.find(({ kind }) => kind === 'phone')?.display ?? null,
    }),
  );

  return (
    <header className={styles.head}>
      <div className={styles.top}>
        <Link to="/inbox" search={{ view }} className={styles.back} aria-label={t('app.back')}>
          <ChevronLeft size={20} />
        </Link>
        <button type="button" className={styles.drawer} onClick={openQueue} aria-label={t('queue.open')}>
          <ListCollapse size={16} />
        </button>
        <h1>{detail.customer.displayName}</h1>
        <TierGlyph tier={detail.customer.tier} label={t(`tier.${detail.customer.tier}`)} />
        <ProofBadge detail={detail} />
        <Reference reference={detail.reference} onCopy={() => void copyReference()} />
        <div className={styles.deeds}>
          {takable ? (
            <button type="button" className={styles.quiet} onClick={() => void take()}>
              {t('case.take')} <kbd>m</kbd>
            </button>
          ) : null}
          {movable ? (
            <StatusMenu
              detail={detail}
              opened={menu === 'status'}
              onToggle={(opened) => setMenu(opened ? 'status' : null)}
              onChange={change}
            />
          ) : null}
          {isPhone ? <Bell className={styles.icon ?? ''} /> : null}
          {onContext ? (
            <button type="button" className={styles.icon} onClick={onContext} aria-label={t('case.context')}>
              <PanelRight size={16} />
            </button>
          ) : null}
          <CaseMenu
            onTake={takable ? () => void take() : null}
            onLink={deeds.link}
            onReference={() => void copyReference()}
            detail={detail}
          />
        </div>
      </div>
      <div className={styles.sub}>
        <span className={styles.problem}>{detail.problem || t('queue.no_problem')}</span>
        <span className={styles.separator} aria-hidden>
          ·
        </span>
        <AssignMenu
          detail={detail}
          opened={menu === 'assign'}
          onToggle={(opened) => setMenu(opened ? 'assign' : null)}
          onChange={change}
        />
        <PartnerChip detail={detail} onContext={onContext} />
        <Present caseId={detail.id} />
        <span className={styles.chip}>
          {detail.nextDue || detail.status === 'waiting' ? <ClockLedger detail={detail} /> : null}
        </span>
      </div>
      <OwnershipLine detail={detail} />
      <div className={styles.progress}>
        <StageStrip detail={detail} />
        <Impacts impacts={detail.impacts} />
      </div>
      {detail.mergedInto ? <MergedInto reference={detail.mergedInto} /> : null}
    </header>
  );
};
