import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail, WarrantyDecision } from '#contracts';
import { useMay, useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { day } from '../i18n/moments.js';
import { acceptDecision, askSecondOpinion, tellDecision, withdrawDecision } from './deviceRequests.js';
import { ReasonDialog } from './ReasonDialog.js';
import styles from './Devices.module.css';
import { useDeviceDeed } from './useDeviceDeed.js';

const ReviewDialog = lazy(() => import('./ReviewDialog.js'));

interface Props {
  detail: CaseDetail;
  decision: WarrantyDecision;
  /** The case goes on: something can be done about it. */
  movable: boolean;
}

/** What can be done about a decision, by whom, as it stands. */
const useDeeds = (decision: WarrantyDecision) => {
  const may = useMay();
  const user = useUser();
  const decides = may('warranty.decide');
  const { state, by, acceptedBy, plainWords, toldAt } = decision;
  const holds = state === 'standing' || state === 'confirmed' || state === 'in_review';
  return {
    accept: state === 'proposed' && decides,
    withdraw: state === 'proposed' && (decides || by.id === user.id),
    ask: state === 'standing' && may('warranty.propose'),
    review: state === 'in_review' && decides && by.id !== user.id && acceptedBy?.id !== user.id,
    tell: holds && decides && plainWords !== null && toldAt === null,
    untell: holds && decides && toldAt !== null,
  };
};

const Deeds = ({ detail, decision }: Omit<Props, 'movable'>) => {
  const { t } = useWords();
  const { run, busy } = useDeviceDeed(detail);
  const can = useDeeds(decision);
  const [open, setOpen] = useState<'ask' | 'review' | null>(null);
  const close = () => setOpen(null);
  const does = (deed: () => Promise<unknown>) => () => void run(deed, false);
  return (
    <div className={styles.deeds}>
      {can.accept ? (
        <Button size="compact-sm" variant="filled" loading={busy} onClick={does(() => acceptDecision(decision.id))}>
          {t('warranty.accept')}
        </Button>
      ) : null}
      {can.withdraw ? (
        <Button size="compact-sm" disabled={busy} onClick={does(() => withdrawDecision(decision.id))}>
          {t('warranty.withdraw')}
        </Button>
      ) : null}
      {can.review ? (
        <Button size="compact-sm" variant="filled" onClick={() => setOpen('review')}>
          {t('warranty.review')}
        </Button>
      ) : null}
      {can.tell ? (
        <Button size="compact-sm" disabled={busy} onClick={does(() => tellDecision(decision.id, true))}>
          {t('warranty.tell')}
        </Button>
      ) : null}
      {can.untell ? (
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={busy}
          onClick={does(() => tellDecision(decision.id, false))}
        >
          {t('warranty.untell')}
        </Button>
      ) : null}
      {can.ask ? (
        <Button size="compact-sm" variant="subtle" onClick={() => setOpen('ask')}>
          {t('warranty.ask')}
        </Button>
      ) : null}
      {open === 'ask' ? (
        <ReasonDialog
          detail={detail}
          title={t('warranty.ask')}
          label={t('warranty.ask.why')}
          hint={t('warranty.ask.hint')}
          onDo={(reason) => askSecondOpinion(decision.id, reason)}
          onClose={close}
        />
      ) : null}
      {open === 'review' ? (
        <Suspense>
          <ReviewDialog detail={detail} decision={decision} onClose={close} />
        </Suspense>
      ) : null}
    </div>
  );
};

/** A decision with all that belongs to it. */
export const DecisionLine = ({ detail, decision, movable }: Props) => {
  const { t, intl } = useWords();
  const { outcome, state, clause, plainWords, nextStep, by, at, acceptedBy, toldAt, review, evidence } = decision;
  const isOld = state === 'superseded' || state === 'overturned' || state === 'withdrawn';
  return (
    <article className={styles.decision} data-old={isOld || undefined} aria-label={t(`warranty.said.${outcome}`)}>
      <header>
        <b>{t(`warranty.said.${outcome}`)}</b>
        <span>{t(`warranty.state.${state}`)}</span>
      </header>
      {plainWords ? <p lang={decision.language}>{plainWords}</p> : null}
      {nextStep ? (
        <p lang={decision.language}>
          {t('warranty.next')}: {nextStep}
        </p>
      ) : null}
      {clause ? <small>{clause}</small> : null}
      {evidence.length > 0 ? <small>{evidence.map(({ name }) => name).join(' · ')}</small> : null}
      <small>
        {t('warranty.by', { name: by.displayName, at: day(intl, at) })}
        {acceptedBy ? `, ${t('warranty.accepted', { name: acceptedBy.displayName })}` : null}
      </small>
      {review ? (
        <small>{t('warranty.review.asked', { name: review.askedBy.displayName, reason: review.reason })}</small>
      ) : null}
      {review?.by && review.verdictReason ? (
        <small>{t('warranty.review.given', { name: review.by.displayName, reason: review.verdictReason })}</small>
      ) : null}
      {toldAt && !isOld ? <small>{t('warranty.told', { at: day(intl, toldAt) })}</small> : null}
      {movable ? <Deeds detail={detail} decision={decision} /> : null}
    </article>
  );
};
