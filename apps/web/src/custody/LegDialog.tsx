import type { CustodyDialog } from './custodyDialogs.js';
import { CancelDialog, ChainDialog, ClaimDialog, ExpectDialog, LostDialog } from './LegDialogs.js';

interface Props {
  dialog: Exclude<CustodyDialog, { name: 'plan' | 'move' }>;
  onClose: () => void;
}

/** What else there is to say of a shipment. */
export default function LegDialog({ dialog, onClose }: Props) {
  switch (dialog.name) {
    case 'chain':
      return <ChainDialog {...dialog} onClose={onClose} />;
    case 'expect':
      return <ExpectDialog leg={dialog.leg} onClose={onClose} />;
    case 'cancel':
      return <CancelDialog leg={dialog.leg} onClose={onClose} />;
    case 'lost':
      return <LostDialog leg={dialog.leg} onClose={onClose} />;
    case 'claim':
      return <ClaimDialog leg={dialog.leg} onClose={onClose} />;
  }
}
