import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useRef, useState } from 'react';
import { UNDO_DAYS, type CaseDetail, type MergeChoices } from '#contracts';
import { newKey } from '../api/requests.js';
import { Bone } from '../app/Bone.js';
import { Dialog } from '../app/Dialog.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { ReasonField } from '../app/ReasonField.js';
import { useWords } from '../i18n/Words.js';
import { Deciding } from '../presence/Deciding.js';
import { useDecisionLock } from '../presence/useDecisionLock.js';
import { mergeCustomers, mergePreviewQuery, refreshPeople } from './mergeRequests.js';
import { MergeSides } from './MergeSides.js';
import { PersonPicker } from './PersonPicker.js';

interface Props {
  customer: Pick<CaseDetail['customer'], 'id' | 'displayName'>;
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
    <Dialog title={t('merge.title')} size={other ? 760 : 480} onClose={onClose}>
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
    </Dialog>
  );
}

interface LookProps {
  customer: Pick<CaseDetail['customer'], 'id' | 'displayName'>;
  other: { id: string; displayName: string };
  onBack: (() => void) | null;
  onClose: () => void;
}

const Look = ({ customer, other, onBack, onClose }: LookProps) => {
  const { t } = useWords();
  const client = useQueryClient();
  const preview = useQuery(mergePreviewQuery(customer.id, other.id));
  const lock = useDecisionLock(preview.data?.kept.openCase?.id ?? null, 'merge');
  const key = useRef(newKey());
  const [choices, setChoices] = useState<MergeChoices>({});
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { run, busy, problem } = useDeed();
  const missing = reason.trim() === '';

  const merge = async () => {
    setTried(true);
    if (missing) return;
    await run(async () => {
      await mergeCustomers(customer.id, { withCustomerId: other.id, reason: reason.trim(), choices }, key.current);
      notify(t('merge.done', { name: other.displayName }));
      onClose();
      await refreshPeople(client);
    });
  };

  if (preview.isError)
    return <Trouble what={t('merge.preview_failed')} error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <Bone width="100%" height={240} />;
  return (
    <Form
      deed={t('merge.do')}
      busy={busy}
      problem={problem}
      disabled={lock.other !== null}
      aside={
        onBack ? (
          <Button onClick={onBack} leftSection={<ArrowLeft size={16} />}>
            {t('merge.somebody_else')}
          </Button>
        ) : null
      }
      onSubmit={merge}
      onCancel={onBack ? undefined : onClose}
    >
      <Deciding lock={lock} />
      <MergeSides
        preview={preview.data}
        choices={choices}
        onChoose={(field, side) => setChoices({ ...choices, [field]: side })}
      />
      <ReasonField
        label={t('merge.reason')}
        hint={t('merge.reason.placeholder')}
        value={reason}
        problem={tried && missing ? t('merge.need_reason') : null}
        onChange={setReason}
      />
      <p className={forms.lead}>{t('merge.undo_lead', { days: UNDO_DAYS })}</p>
    </Form>
  );
};
