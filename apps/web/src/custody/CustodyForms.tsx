import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import type { CaseDetail } from '#contracts';
import { closeCustodyDialog, useCustodyDialog, type CustodyDialog } from './custodyDialogs.js';
import { custodyQuery } from './custodyRequests.js';

const PlanLegDialog = lazy(() => import('./PlanLegDialog.js'));
const MoveLegDialog = lazy(() => import('./MoveLegDialog.js'));
const LegDialog = lazy(() => import('./LegDialog.js'));

const MoveOrLeg = ({ dialog }: { dialog: Exclude<CustodyDialog, { name: 'plan' }> }) =>
  dialog.name === 'move' ? (
    <MoveLegDialog leg={dialog.leg} move={dialog.move} scanned={dialog.code ?? ''} onClose={closeCustodyDialog} />
  ) : (
    <LegDialog dialog={dialog} onClose={closeCustodyDialog} />
  );

/** The form about a shipment that is open at a counter. */
export const ParcelForms = () => {
  const dialog = useCustodyDialog();
  useEffect(() => closeCustodyDialog, []);
  return <Suspense fallback={null}>{dialog && dialog.name !== 'plan' ? <MoveOrLeg dialog={dialog} /> : null}</Suspense>;
};

/** The form about where a phone of this case is that is open, whoever opened it. */
export const CustodyForms = ({ detail }: { detail: CaseDetail }) => {
  const dialog = useCustodyDialog();
  const { data } = useQuery({ ...custodyQuery(detail.id, detail.version), enabled: dialog?.name === 'plan' });
  useEffect(() => closeCustodyDialog, [detail.id]);
  if (!dialog) return null;
  const device =
    dialog.name === 'plan' ? data?.devices.find(({ deviceId }) => deviceId === dialog.deviceId) : undefined;
  return (
    <Suspense fallback={null}>
      {dialog.name === 'plan' ? null : <MoveOrLeg dialog={dialog} />}
      {device ? (
        <PlanLegDialog caseId={detail.id} device={device} customer={detail.customer} onClose={closeCustodyDialog} />
      ) : null}
    </Suspense>
  );
};
