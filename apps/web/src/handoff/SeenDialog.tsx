import { Dialog } from '../app/Dialog.js';
import { useWords } from '../i18n/Words.js';
import { DocumentView } from './DocumentView.js';
import type { WholeHandoff } from './handoff.rules.js';

/** What they have before them: no more and no less. */
export default function SeenDialog({ handoff, onClose }: { handoff: WholeHandoff; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t('handoff.seen.title', { partner: handoff.partner.name })} size={560} onClose={onClose}>
      {handoff.document ? <DocumentView document={handoff.document} partner={handoff.partner.name} /> : null}
    </Dialog>
  );
}
