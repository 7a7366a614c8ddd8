import { useState } from 'react';
import { benefitText, type Benefit } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';
import { FeePreview } from './FeePreview.js';
import { approveBenefit, refuseBenefit, stopBenefit } from './goodwillRequests.js';
import { centsTyped, typedOf } from './typed.rules.js';
import { useGoodwillDeed } from './useGoodwillDeed.js';

export type Decision = 'approve' | 'refuse' | 'stop' | 'take_back';

interface Props {
  benefit: Benefit;
  /** What their account says they pay. */
  fee: number | null;
  decision: Decision;
  onClose: () => void;
}

/** Takes it up, refuses it or ends it: with a word of why. */
export const DecideDialog = ({ benefit, fee, decision, onClose }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { run, busy, problem, failure } = useGoodwillDeed();
  const { currency, kind, values } = benefit;
  const known = values.monthlyFeeCents ?? fee;
  const [typed, setTyped] = useState(known ? typedOf(known, currency) : '');
  const [reason, setReason] = useState('');
  const [by, setBy] = useState<'us' | 'customer'>('customer');
  const needsFee = decision === 'approve' && kind === 'fee_discount';
  const cents = centsTyped(typed, currency);
  const isUnfair = failure?.code === 'benefit.unfair';
  const needsReason = decision !== 'approve' || isUnfair;
  const incomplete = (needsReason && reason.trim() === '') || (needsFee && !cents);
  const deed = () => {
    const why = reason.trim();
    if (decision === 'refuse') return refuseBenefit(benefit.id, { by, reason: why });
    if (decision !== 'approve') return stopBenefit(benefit.id, why);
    return approveBenefit(benefit.id, {
      ...(needsFee && cents ? { monthlyFeeCents: cents, currency } : {}),
      ...(why ? { [isUnfair ? 'equityReason' : 'reason']: why } : {}),
    });
  };
  const save = async () => {
    if (!incomplete && (await run(deed))) onClose();
  };
  return (
    <FormDialog
      title={t(`benefit.do.${decision}`)}
      deed={t(`benefit.do.${decision}`)}
      busy={busy}
      problem={problem}
      disabled={incomplete}
      onSubmit={save}
      onClose={onClose}
    >
      <p className={forms.lead}>{benefitText(kind, values, language)}</p>
      {needsFee ? (
        <label className={forms.field}>
          <span>{t('benefit.fee', { currency })}</span>
          <input inputMode="decimal" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        </label>
      ) : null}
      {needsFee && cents ? (
        <FeePreview caseId={benefit.caseId} percent={values.percent ?? 0} cents={cents} currency={currency} />
      ) : null}
      {decision === 'refuse' ? (
        <Choices
          legend={t('benefit.who_refuses')}
          name="by"
          value={by}
          choices={(['customer', 'us'] as const).map((value) => ({ value, words: t(`benefit.who.${value}`) }))}
          onChange={setBy}
        />
      ) : null}
      <label className={forms.field}>
        <span>{t(needsReason ? 'benefit.reason' : 'benefit.reason.optional')}</span>
        <textarea
          rows={2}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </label>
    </FormDialog>
  );
};
