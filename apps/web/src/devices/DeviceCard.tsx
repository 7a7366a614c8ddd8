import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { FAULT_WORDS, type CaseDetail, type CaseDevice, type DeviceFault, type WarrantyTermView } from '#contracts';
import { attachmentUrl } from '../api/requests.js';
import { Confirm } from '../app/Confirm.js';
import { useMay } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { day } from '../i18n/moments.js';
import type { DecisionDraft } from './decision.draft.js';
import { DecisionLine } from './DecisionLine.js';
import { DeviceName } from './DeviceName.js';
import { removeTerm } from './deviceRequests.js';
import { FaultDialog } from './FaultDialog.js';
import { OwnerDialog } from './OwnerDialog.js';
import { PurchaseDialog } from './PurchaseDialog.js';
import { Terms } from './Terms.js';
import { useDeviceDeed } from './useDeviceDeed.js';
import styles from './Devices.module.css';

const DecisionDialog = lazy(() => import('./DecisionDialog.js'));
const JoinDialog = lazy(() => import('./JoinDialog.js'));
const ReplaceDialog = lazy(() => import('./ReplaceDialog.js'));
const TermDialog = lazy(() => import('./TermDialog.js'));

/** What is told of it line by line elsewhere on the card. */
const QUIET = ['fault_returned', 'replaced'];

interface Props {
  detail: CaseDetail;
  device: CaseDevice;
  movable: boolean;
}

type Opened =
  | ('fault' | 'purchase' | 'owner' | 'term' | 'replace' | 'join')
  | { decision: Partial<DecisionDraft> }
  | { remove: WarrantyTermView & { id: string } };

const Returned = ({
  fault,
  onUse,
}: {
  fault: DeviceFault;
  onUse: ((draft: Partial<DecisionDraft>) => void) | null;
}) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  if (!fault.returned) return null;
  const { caseReference, at, free } = fault.returned;
  return (
    <div className={styles.warn}>
      {caseReference
        ? t('device.returned', { reference: caseReference, at: day(intl, at) })
        : t('device.returned.unseen', { at: day(intl, at) })}
      {free ? (
        <small>
          {t('device.returned.free', { clause: free.clause })} · {free[language]}
        </small>
      ) : null}
      {free && onUse ? (
        <div className={styles.deeds}>
          <Button
            size="compact-sm"
            onClick={() => onUse({ outcome: 'covered', clause: free.clause, plainWords: free[language] })}
          >
            {t('device.returned.use')}
          </Button>
        </div>
      ) : null}
    </div>
  );
};

const Dialogs = ({
  detail,
  device,
  opened,
  onClose,
}: Omit<Props, 'movable'> & { opened: Opened; onClose: () => void }) => {
  const { t } = useWords();
  const { run } = useDeviceDeed(detail);
  const about = { detail, device, onClose };
  if (opened === 'fault') return <FaultDialog detail={detail} deviceId={device.id} onClose={onClose} />;
  if (opened === 'purchase') return <PurchaseDialog detail={detail} device={device} onClose={onClose} />;
  if (opened === 'owner') return <OwnerDialog detail={detail} deviceId={device.id} onClose={onClose} />;
  if (typeof opened === 'object' && 'remove' in opened)
    return (
      <Confirm
        title={t('device.term.remove.sure')}
        lead={t('device.term.remove.lead', { name: opened.remove.provider ?? '' })}
        deed={t('device.term.remove.do')}
        run={async () => {
          await run(() => removeTerm(detail.id, device.id, opened.remove.id), false);
        }}
        onClose={onClose}
      />
    );
  return (
    <Suspense>
      {opened === 'term' ? <TermDialog detail={detail} deviceId={device.id} onClose={onClose} /> : null}
      {opened === 'replace' ? <ReplaceDialog {...about} /> : null}
      {opened === 'join' ? <JoinDialog {...about} /> : null}
      {typeof opened === 'object' ? <DecisionDialog {...about} begun={opened.decision} /> : null}
    </Suspense>
  );
};

/** A phone of the case: which one, what is wrong, who answers for it and what was decided. */
export const DeviceCard = ({ detail, device, movable }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const may = useMay();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [earlier, setEarlier] = useState(false);
  const writes = movable && may('device.write');
  const decides = movable && may('warranty.propose');
  const current = device.decisions.filter(({ state }) =>
    ['proposed', 'standing', 'in_review', 'confirmed'].includes(state),
  );
  const old = device.decisions.filter((decision) => !current.includes(decision));
  const isWaiting = current.some(({ state }) => state === 'in_review');
  return (
    <article className={styles.device} aria-label={device.name || t('device.nameless')}>
      <DeviceName detail={detail} device={device} writes={writes} onOpen={setOpened} />
      {device.replacedBy ? (
        <div className={styles.warn}>
          {t('device.replaced_by')}{' '}
          <Link to="/devices/$id" params={{ id: device.replacedBy.id }}>
            {device.replacedBy.name || t('device.nameless')}
          </Link>
          {device.replacedBy.imei ? ` · IMEI ${device.replacedBy.imei}` : null}
        </div>
      ) : null}
      {device.warnings
        .filter((warning) => !QUIET.includes(warning))
        .map((warning) => (
          <div key={warning} className={styles.warn}>
            {t(`device.warn.${warning}`)}
            {warning === 'another_owner' && writes ? (
              <div className={styles.deeds}>
                <Button size="compact-sm" onClick={() => setOpened('owner')}>
                  {t('device.owner')}
                </Button>
              </div>
            ) : null}
          </div>
        ))}
      {device.faults.length > 0 ? (
        <p className={styles.numbers}>
          {device.faults.map(({ id, kind, said }) => (
            <span key={id} title={said ?? undefined}>
              {FAULT_WORDS[kind][language]}
            </span>
          ))}
        </p>
      ) : null}
      {device.faults.map((fault) => (
        <Returned
          key={fault.id}
          fault={fault}
          onUse={decides && !isWaiting ? (decision) => setOpened({ decision }) : null}
        />
      ))}
      <Terms
        terms={device.terms}
        {...(writes ? { onRemove: (remove: WarrantyTermView & { id: string }) => setOpened({ remove }) } : {})}
      />
      {device.proofFile ? (
        <p className={styles.proof}>
          <a href={attachmentUrl(device.proofFile.id)} target="_blank" rel="noreferrer">
            {t('device.proof.open', { name: device.proofFile.fileName })}
          </a>
        </p>
      ) : null}
      {current.map((decision) => (
        <DecisionLine key={decision.id} detail={detail} decision={decision} movable={movable} />
      ))}
      <div className={styles.deeds}>
        {decides && !isWaiting ? (
          <Button size="compact-sm" onClick={() => setOpened({ decision: {} })}>
            {t(
              !may('warranty.decide') ? 'warranty.propose' : current.length > 0 ? 'warranty.again' : 'warranty.decide',
            )}
          </Button>
        ) : null}
        {writes ? (
          <>
            <Button size="compact-sm" variant="subtle" onClick={() => setOpened('purchase')}>
              {t(device.purchase ? 'device.purchase.change' : 'device.purchase.set')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setOpened('fault')}>
              {t('device.fault.add')}
            </Button>
          </>
        ) : null}
        {old.length > 0 ? (
          <Button size="compact-sm" variant="subtle" aria-expanded={earlier} onClick={() => setEarlier(!earlier)}>
            {t('warranty.earlier', { count: old.length })}
          </Button>
        ) : null}
      </div>
      {earlier ? old.map((one) => <DecisionLine key={one.id} detail={detail} decision={one} movable={false} />) : null}
      {opened ? <Dialogs detail={detail} device={device} opened={opened} onClose={() => setOpened(null)} /> : null}
    </article>
  );
};
