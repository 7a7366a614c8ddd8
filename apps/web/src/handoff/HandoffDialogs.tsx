import type { CaseDetail } from '#contracts';
import type { WholeHandoff } from './handoff.rules.js';
import type { HandoffDialog } from './handoffDialogs.js';
import DeskLinksDialog from '../desk/DeskLinksDialog.js';
import GoOnDialog from './GoOnDialog.js';
import NewHandoffDialog from './NewHandoffDialog.js';
import OfferDialog from './OfferDialog.js';
import SayDialog from './SayDialog.js';
import SeenDialog from './SeenDialog.js';
import ShareDialog from './ShareDialog.js';

interface Props {
  dialog: HandoffDialog;
  detail: CaseDetail;
  handoffs: readonly WholeHandoff[];
  onClose: () => void;
}

/** The form that is open about a handoff. */
export default function HandoffDialogs({ dialog, detail, handoffs, onClose }: Props) {
  if (dialog.name === 'share')
    return <ShareDialog {...{ detail, handoffs, onClose }} text={dialog.text} from={dialog.from} />;
  const handoff = handoffs.find(({ id }) => id === dialog.handoffId);
  if (dialog.name === 'new') return <NewHandoffDialog {...{ detail, onClose }} begun={handoff} />;
  if (!handoff) return null;
  switch (dialog.name) {
    case 'go_on':
      return <GoOnDialog {...{ handoff, detail, onClose }} />;
    case 'links':
      return <DeskLinksDialog {...{ handoff, onClose }} />;
    case 'seen':
      return <SeenDialog {...{ handoff, onClose }} />;
    case 'say':
      return dialog.kind === 'quoted' ? (
        <OfferDialog {...{ handoff, onClose }} />
      ) : (
        <SayDialog
          key={dialog.kind}
          {...{ handoff, onClose }}
          kind={dialog.kind}
          {...(dialog.approved === undefined ? {} : { approved: dialog.approved })}
        />
      );
  }
}
