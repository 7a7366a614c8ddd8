import { useState } from 'react';
import type { CaseDetail, CaseDevice } from '#contracts';
import { newKey } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { bodyOf, EMPTY, type DecisionDraft } from './decision.draft.js';
import { DecisionFields } from './DecisionFields.js';
import { decideWarranty } from './deviceRequests.js';
import { useDeviceDeed } from './useDeviceDeed.js';

interface Props {
  detail: CaseDetail;
  device: CaseDevice;
  /** What a rule says already. */
  begun: Partial<DecisionDraft>;
  onClose: () => void;
}

/** What a warranty answers for; of whoever may not decide it is a proposal. */
const DecisionDialog = ({ detail, device, begun, onClose }: Props) => {
  const { t } = useWords();
  const decides = useMay()('warranty.decide');
  const { run, busy, problem } = useDeviceDeed(detail);
  const [draft, setDraft] = useState<DecisionDraft>({ ...EMPTY, ...begun });
  const [tried, setTried] = useState(false);
  const [key, setKey] = useState(newKey);
  const save = async () => {
    setTried(true);
    const body = bodyOf(draft);
    if (!body) return;
    if (await run(() => decideWarranty(detail.id, { ...body, deviceId: device.id }, key))) onClose();
    else setKey(newKey());
  };
  const title = t(decides ? 'warranty.decide' : 'warranty.propose');
  return (
    <FormDialog
      title={device.name ? `${title} · ${device.name}` : title}
      size={560}
      deed={title}
      busy={busy}
      problem={problem}
      disabled={!draft.outcome}
      onClose={onClose}
      onSubmit={save}
    >
      <DecisionFields
        detail={detail}
        draft={draft}
        tried={tried}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
      />
    </FormDialog>
  );
};
export default DecisionDialog;
