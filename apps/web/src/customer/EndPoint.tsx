import { useState } from 'react';
import { END_REASONS, type CaseDetail, type ContactPointDetail, type EndReason } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { changePoint } from './identityRequests.js';
import { useIdentityDeed } from './useIdentityDeed.js';

interface Props {
  point: ContactPointDetail;
  name: string;
  detail: CaseDetail;
  onClose: () => void;
}

/** It is no longer theirs: why, and what follows from it. */
export default function EndPoint({ point, name, detail, onClose }: Props) {
  const { t } = useWords();
  const { language } = useLanguage();
  const [reason, setReason] = useState<EndReason>('customer_says');
  const { busy, problem, run } = useIdentityDeed(detail.id, detail.customer.id);
  const end = async () => {
    if (!(await run(() => changePoint(detail.customer.id, point.id, { end: { reason } })))) return;
    notify(t('point.end.done', { name }));
    onClose();
  };
  return (
    <FormDialog
      title={t('point.end.title', { name })}
      onClose={onClose}
      deed={t('point.end.do')}
      busy={busy}
      problem={problem}
      onSubmit={end}
    >
      <p className={forms.lead}>{t('point.end.lead')}</p>
      <fieldset className={forms.field}>
        <legend>{t('point.end.why')}</legend>
        {Object.entries(END_REASONS).map(([code, words]) => (
          <label key={code} className={forms.choice}>
            <input type="radio" name="reason" checked={reason === code} onChange={() => setReason(code as EndReason)} />
            {words[language]}
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
}
