import { Button, Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useRef, useState, type FormEvent } from 'react';
import { UNDO_DAYS, type CaseDetail, type MergeChoices } from '#contracts';
import { newKey } from '../api/requests.js';
import { Bone } from '../app/Bone.js';
import { failureText, type FailureText } from '../app/failureText.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { Deciding } from '../presence/Deciding.js';
import { useDecisionLock } from '../presence/useDecisionLock.js';
import { mergeCustomers, mergePreviewQuery, refreshPeople } from './mergeRequests.js';
import { MergeSides } from './MergeSides.js';
import { PersonPicker } from './PersonPicker.js';

interface Props {
  customer: CaseDetail['customer'];
  /** Somebody who is said to be the same person. */
  other?: { id: string; displayName: string };
  onClose: () => void;
}

/** Says that two records are one person: who, both sides beside each other, whose word stands, why. */
export default function MergeDialog({ customer, other: known, onClose }: Props) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [other, setOther] = useState(known ?? null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('merge.title')}
      size={other ? 760 : 480}
      radius="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {other ? (
        <Look customer={customer} other={other} onBack={known ? null : () => setOther(null)} onClose={onClose} />
      ) : (
        <div className={forms.form}>
          <p className={forms.lead}>{t('merge.lead', { name: customer.displayName })}</p>
          <PersonPicker
            label={t('merge.search')}
            typed={typed}
            onTyped={setTyped}
            except={customer.id}
            onChoose={setOther}
          />
        </div>
      )}
    </Modal>
  );
}

interface LookProps {
  customer: CaseDetail['customer'];
  other: { id: string; displayName: string };
  onBack: (() => void) | null;
  onClose: () => void;
}

const Look = ({ customer, other, onBack, onClose }: LookProps) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const preview = useQuery(mergePreviewQuery(customer.id, other.id));
  const lock = useDecisionLock(preview.data?.kept.openCase?.id ?? null, 'merge');
  const key = useRef(newKey());
  const [choices, setChoices] = useState<MergeChoices>({});
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureText | null>(null);
  const missing = reason.trim() === '';

  const merge = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing) return;
    setBusy(true);
    setFailure(null);
    try {
      await mergeCustomers(customer.id, { withCustomerId: other.id, reason: reason.trim(), choices }, key.current);
      notify(t('merge.done', { name: other.displayName }));
      onClose();
      await refreshPeople(client);
    } catch (error) {
      setFailure(failureText(error, language, t));
      setBusy(false);
    }
  };

  if (preview.isError)
    return <Trouble what={t('merge.preview_failed')} error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <Bone width="100%" height={240} />;
  return (
    <form className={forms.form} onSubmit={(event) => void merge(event)} noValidate>
      <Deciding lock={lock} />
      <MergeSides
        preview={preview.data}
        choices={choices}
        onChoose={(field, side) => setChoices({ ...choices, [field]: side })}
      />
      <label className={forms.field}>
        <span>{t('merge.reason')}</span>
        <textarea
          rows={2}
          maxLength={500}
          value={reason}
          placeholder={t('merge.reason.placeholder')}
          aria-invalid={(tried && missing) || undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <small role="alert">{tried && missing ? t('merge.need_reason') : null}</small>
      </label>
      <p className={forms.lead}>{t('merge.undo_lead', { days: UNDO_DAYS })}</p>
      <p className={forms.problem} role="alert">
        {failure ? `${failure.message} ${t('error.code', { code: failure.code })}` : null}
      </p>
      <div className={forms.deeds}>
        {onBack ? (
          <Button onClick={onBack} leftSection={<ArrowLeft size={16} />}>
            {t('merge.somebody_else')}
          </Button>
        ) : (
          <Button onClick={onClose}>{t('app.cancel')}</Button>
        )}
        <Button type="submit" variant="filled" loading={busy} disabled={lock.other !== null}>
          {t('merge.do')}
        </Button>
      </div>
    </form>
  );
};
