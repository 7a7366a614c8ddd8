import { useState } from 'react';
import type { CaseDetail } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { ReasonField } from '../app/ReasonField.js';
import { firstName } from '../case/caseContext.js';
import { useWords } from '../i18n/Words.js';
import type { WholeHandoff } from './handoff.rules.js';
import { goOnWithout } from './handoffRequests.js';
import { useHandoffDeed } from './useHandoffDeed.js';

interface Props {
  handoff: WholeHandoff;
  detail: CaseDetail;
  onClose: () => void;
}

/** They do not answer: it is decided that we act without them, and what we do next. */
export default function GoOnDialog({ handoff, detail, onClose }: Props) {
  const { t } = useWords();
  const { run, busy, problem } = useHandoffDeed();
  const [typed, setTyped] = useState({ reason: '', nextStep: '' });
  const [reason, nextStep] = [typed.reason.trim(), typed.nextStep.trim()];
  const go = async () => {
    if (await run((key) => goOnWithout(handoff.id, { reason, nextStep }, key))) onClose();
  };
  return (
    <FormDialog
      title={`${t('handoff.deed.go_on')} · ${handoff.partner.name}`}
      deed={t('handoff.deed.go_on')}
      {...{ busy, problem, onClose }}
      disabled={reason === '' || nextStep === ''}
      onSubmit={go}
    >
      <p className={forms.lead}>
        {t('handoff.lead.go_on', { partner: handoff.partner.name, name: firstName(detail.customer.displayName) })}
      </p>
      <ReasonField
        label={t('handoff.field.reason')}
        value={typed.reason}
        problem={null}
        onChange={(value) => setTyped({ ...typed, reason: value })}
      />
      <ReasonField
        label={t('handoff.field.ourNext')}
        hint={t('handoff.field.ourNext.hint')}
        value={typed.nextStep}
        problem={null}
        onChange={(value) => setTyped({ ...typed, nextStep: value })}
      />
    </FormDialog>
  );
}
