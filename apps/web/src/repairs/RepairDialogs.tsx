import { isRepairOver, type CaseDetail, type RepairOrder } from '#contracts';
import DataDialog from './DataDialog.js';
import OpenRepairDialog from './OpenRepairDialog.js';
import QuoteDialog from './QuoteDialog.js';
import ReliefDialog from './ReliefDialog.js';
import type { RepairDialog } from './repairDialogs.js';
import { HandBackDialog, ReturnDialog, StageDialog } from './StageDialogs.js';
import WaysDialog from './WaysDialog.js';

interface Props {
  dialog: NonNullable<RepairDialog>;
  detail: CaseDetail;
  orders: readonly RepairOrder[];
  onClose: () => void;
}

/** The form that is open about a repair. */
export default function RepairDialogs({ dialog, detail, orders, onClose }: Props) {
  const shared = { detail, onClose };
  if (dialog.name === 'open') return <OpenRepairDialog {...shared} orders={orders} />;
  if (dialog.name === 'relief') return <ReliefDialog {...shared} />;
  const order = orders.find(({ id, stage }) =>
    dialog.repairId === null ? !isRepairOver(stage) : id === dialog.repairId,
  );
  // There is nothing to quote yet: it is taken in first.
  if (!order) return dialog.repairId === null ? <OpenRepairDialog {...shared} orders={orders} /> : null;
  const about = { ...shared, order };
  switch (dialog.name) {
    case 'quote':
      return <QuoteDialog {...about} {...(dialog.from ? { from: dialog.from } : {})} />;
    case 'stage':
      return <StageDialog {...about} to={dialog.to} />;
    case 'return':
      return <ReturnDialog {...about} />;
    case 'hand_back':
      return <HandBackDialog {...about} />;
    case 'ways':
      return <WaysDialog {...about} />;
    case 'data':
      return <DataDialog {...about} />;
  }
}
