import { Button, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight, Check, CircleHelp, Clock, Footprints, Undo2 } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { nextActionText, NO_DUE_WORDS, whyText, type CaseDetail, type Ownership } from '#contracts';
import { undo } from '../api/requests.js';
import { useKeys } from '../app/keys.js';
import { useNow } from '../app/now.js';
import { useMay, useTimeZone, useUser } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { firstName } from '../case/caseContext.js';
import { isOver } from '../case/stage.rules.js';
import { closeOwnershipDialog, openOwnershipDialog, useOwnershipDialog } from './ownershipDialogs.js';
import { acknowledgeHandover, ownershipQuery } from './ownershipRequests.js';
import { useOwnershipDeed } from './useOwnershipDeed.js';
import styles from './Ownership.module.css';

const NextActionDialog = lazy(() => import('./NextActionDialog.js'));
const HandoverDialog = lazy(() => import('./HandoverDialog.js'));
const RedirectDialog = lazy(() => import('./RedirectDialog.js'));

/** What happens next and when, and why the case is whose it is; below it, what is on its way from hand to hand. */
export const OwnershipLine = ({ detail }: { detail: CaseDetail }) => {
  const may = useMay();
  const over = isOver(detail.status);
  const held = useQuery({ ...ownershipQuery(detail.id), enabled: !over }).data;
  const redirectable = may('redirect.send') && !over;
  useKeys({ w: () => (redirectable ? openOwnershipDialog({ name: 'redirect' }) : undefined) });
  if (over) return null;
  return (
    <>
      <div className={styles.line}>
        <Next detail={detail} />
        {held ? <WhyChip detail={detail} held={held} /> : null}
      </div>
      <div role="status">
        {held?.handover ? <HandoverStrip handover={held.handover} /> : null}
        {held?.redirect ? <RedirectStrip redirect={held.redirect} /> : null}
      </div>
      <Dialogs detail={detail} />
    </>
  );
};

const Next = ({ detail }: { detail: CaseDetail }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const may = useMay();
  const now = useNow();
  const { next } = detail;
  const late = next.dueAt !== null && Date.parse(next.dueAt) < now;
  const when = next.dueAt ? moment(intl, next.dueAt) : next.noDue ? NO_DUE_WORDS[language][next.noDue] : '';
  const action = nextActionText(next, language);
  return (
    <button
      type="button"
      className={styles.next}
      data-late={late || undefined}
      disabled={!may('case.assign')}
      aria-label={t('next.edit', { action, when })}
      onClick={() => openOwnershipDialog({ name: 'next' })}
    >
      <ArrowRight size={14} aria-hidden />
      <span className={styles.label}>{t('next.label')}</span>
      <b>{action}</b>
      <span className={styles.when}>
        {next.dueAt ? <Clock size={12} aria-hidden /> : null}
        {late ? t('next.late', { when }) : when}
      </span>
    </button>
  );
};

const WhyChip = ({ detail, held }: { detail: CaseDetail; held: Ownership }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const timeZone = useTimeZone();
  const me = useUser();
  const now = useNow();
  if (!held.why) return null;
  const you = held.owner.kind === 'agent' && held.owner.id === me.id;
  const words = whyText(
    held.why,
    { you, customer: detail.customer.displayName, now: new Date(now), timeZone },
    language,
  );
  return (
    <Tooltip label={t(you ? 'why.you' : 'why.them')}>
      <span className={styles.why}>
        <CircleHelp size={13} aria-hidden />
        {words}
      </span>
    </Tooltip>
  );
};

const HandoverStrip = ({ handover }: { handover: NonNullable<Ownership['handover']> }) => {
  const { t, intl } = useWords();
  const me = useUser();
  const { run, busy } = useOwnershipDeed();
  const { to, by, reason, note, at } = handover;
  const mine = to.kind === 'agent' ? to.id === me.id : to.kind === 'store' ? to.id === me.storeId : me.role !== 'store';
  const words = mine
    ? t('handover.to_me', { name: firstName(by.displayName), reason })
    : t('handover.to_them', { name: to.name, by: firstName(by.displayName), reason });
  return (
    <div className={styles.strip} data-kind="handover">
      <div>
        <p>
          <b>{words}</b> <small>{moment(intl, at)}</small>
        </p>
        {note ? <p className={styles.note}>{note}</p> : null}
      </div>
      {mine ? (
        <Button
          size="xs"
          variant="filled"
          loading={busy}
          leftSection={<Check size={14} aria-hidden />}
          onClick={() => void run(() => acknowledgeHandover(handover.id))}
        >
          {t('handover.acknowledge')}
        </Button>
      ) : (
        <small>{t('handover.waiting')}</small>
      )}
    </div>
  );
};

const RedirectStrip = ({ redirect }: { redirect: NonNullable<Ownership['redirect']> }) => {
  const { t, intl } = useWords();
  const now = useNow();
  const { run, busy } = useOwnershipDeed();
  const { store, acknowledgedAt, acknowledgedBy, undoUntil, interactionId } = redirect;
  const undoable = undoUntil !== null && Date.parse(undoUntil) > now;
  const known = acknowledgedAt
    ? t('redirect.known', {
        name: firstName(acknowledgedBy?.displayName ?? store.name),
        moment: moment(intl, acknowledgedAt),
      })
    : t('redirect.unknown');
  return (
    <div className={styles.strip} data-kind="redirect">
      <p>
        <Footprints size={15} aria-hidden /> <b>{t('redirect.on_way', { store: store.name })}</b> <small>{known}</small>
      </p>
      {undoable ? (
        <Button
          size="xs"
          loading={busy}
          leftSection={<Undo2 size={14} aria-hidden />}
          onClick={() => void run(() => undo(interactionId))}
        >
          {t('undo.undo')}
        </Button>
      ) : null}
    </div>
  );
};

const Dialogs = ({ detail }: { detail: CaseDetail }) => {
  const dialog = useOwnershipDialog();
  return (
    <Suspense fallback={null}>
      {dialog?.name === 'next' ? <NextActionDialog detail={detail} onClose={closeOwnershipDialog} /> : null}
      {dialog?.name === 'hand' ? (
        <HandoverDialog detail={detail} to={dialog.to} onClose={closeOwnershipDialog} />
      ) : null}
      {dialog?.name === 'redirect' ? <RedirectDialog detail={detail} onClose={closeOwnershipDialog} /> : null}
    </Suspense>
  );
};
