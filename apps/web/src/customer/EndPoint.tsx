import { Button, Modal } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { END_REASONS, type CaseDetail, type ContactPointDetail, type EndReason } from '#contracts';
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
  const end = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await run(() => changePoint(detail.customer.id, point.id, { end: { reason } })))) return;
    notify(t('point.end.done', { name }));
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('point.end.title', { name })}
      size={480}
      radius="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className={forms.form} onSubmit={(event) => void end(event)}>
        <p className={forms.lead}>{t('point.end.lead')}</p>
        <fieldset className={forms.field}>
          <legend>{t('point.end.why')}</legend>
          {Object.entries(END_REASONS).map(([code, words]) => (
            <label key={code} className={forms.choice}>
              <input
                type="radio"
                name="reason"
                checked={reason === code}
                onChange={() => setReason(code as EndReason)}
              />
              {words[language]}
            </label>
          ))}
        </fieldset>
        <p className={forms.problem} role="alert">
          {problem}
        </p>
        <div className={forms.deeds}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy}>
            {t('point.end.do')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
