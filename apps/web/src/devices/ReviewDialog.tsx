import { useState } from 'react';
import { ReviewVerdict, type CaseDetail, type WarrantyDecision } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { ReasonField } from '../app/ReasonField.js';
import { useWords } from '../i18n/Words.js';
import { bodyOf, EMPTY, type DecisionDraft } from './decision.draft.js';
import { DecisionFields } from './DecisionFields.js';
import { giveSecondOpinion } from './deviceRequests.js';
import { useDeviceDeed } from './useDeviceDeed.js';

interface Props {
  detail: CaseDetail;
  decision: WarrantyDecision;
  onClose: () => void;
}

/** Another person confirms a decision or says what holds instead. */
const ReviewDialog = ({ detail, decision, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useDeviceDeed(detail);
  const [verdict, setVerdict] = useState<ReviewVerdict | null>(null);
  const [reason, setReason] = useState('');
  const [draft, setDraft] = useState<DecisionDraft>(EMPTY);
  const [tried, setTried] = useState(false);
  const overturns = verdict === 'overturned';
  const save = async () => {
    setTried(true);
    const instead = overturns ? bodyOf(draft) : undefined;
    if (!verdict || instead === null) return;
    const body = { verdict, reason: reason.trim(), ...(instead ? { instead } : {}) };
    if (await run(() => giveSecondOpinion(decision.id, body))) onClose();
  };
  return (
    <FormDialog
      title={t('warranty.review')}
      size={560}
      deed={t('device.save')}
      busy={busy}
      problem={problem}
      disabled={!verdict || reason.trim() === '' || (overturns && !draft.outcome)}
      onClose={onClose}
      onSubmit={save}
    >
      <p className={forms.lead}>
        {t('warranty.review.asked', {
          name: decision.review?.askedBy.displayName ?? '',
          reason: decision.review?.reason ?? '',
        })}
      </p>
      <Choices
        legend={t('warranty.verdict')}
        name="verdict"
        value={verdict}
        choices={ReviewVerdict.options.map((value) => ({ value, words: t(`warranty.verdict.${value}`) }))}
        onChange={setVerdict}
      />
      <ReasonField label={t('warranty.review.reason')} value={reason} problem={null} onChange={setReason} />
      {overturns ? (
        <DecisionFields
          detail={detail}
          draft={draft}
          tried={tried}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
      ) : null}
    </FormDialog>
  );
};
export default ReviewDialog;
