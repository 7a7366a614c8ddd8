import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import type { CaseDetail } from '#contracts';
import { useKeys } from '../app/keys.js';
import { useMay } from '../app/session.js';
import { isOver } from '../case/stage.rules.js';
import { closeRepairDialog, openRepairDialog, useRepairDialog } from './repairDialogs.js';
import { repairsQuery } from './repairRequests.js';

const RepairDialogs = lazy(() => import('./RepairDialogs.js'));

/** The form about a repair of this case that is open, whoever opened it. */
export const RepairForms = ({ detail }: { detail: CaseDetail }) => {
  const dialog = useRepairDialog();
  const works = useMay()('repair.work') && !isOver(detail.status);
  const { data } = useQuery({ ...repairsQuery(detail.id, detail.version), enabled: dialog !== null });
  useKeys(
    works
      ? {
          o: () => openRepairDialog({ name: 'open' }),
          q: () => openRepairDialog({ name: 'quote', repairId: null }),
        }
      : {},
  );
  useEffect(() => closeRepairDialog, [detail.id]);
  if (!dialog || !data) return null;
  return (
    <Suspense fallback={null}>
      <RepairDialogs dialog={dialog} detail={detail} orders={data.items} onClose={closeRepairDialog} />
    </Suspense>
  );
};
