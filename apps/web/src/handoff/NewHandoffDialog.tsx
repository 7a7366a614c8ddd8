import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail, Handoff } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import { useWords } from '../i18n/Words.js';
import { BeginHandoff } from './BeginHandoff.js';
import { CompleteHandoff } from './CompleteHandoff.js';

interface Props {
  detail: CaseDetail;
  /** A draft to go on with. */
  begun: Handoff | undefined;
  onClose: () => void;
}

/** Gives work to another company: to whom and what first, then what they ask for, beside all that they will see. */
export default function NewHandoffDialog({ detail, begun, onClose }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const [draft, setDraft] = useState(begun);
  const close = () => {
    void client.invalidateQueries({ queryKey: ['handoffs', 'of', detail.id] });
    onClose();
  };
  if (!draft)
    return (
      <Dialog title={t('handoff.new')} size={560} onClose={onClose}>
        <BeginHandoff detail={detail} onBegun={setDraft} onClose={onClose} />
      </Dialog>
    );
  return (
    <Dialog title={t('handoff.new.to', { partner: draft.partner.name })} size={980} onClose={close}>
      <CompleteHandoff key={draft.id} detail={detail} draft={draft} onClose={close} />
    </Dialog>
  );
}
