import { useState } from 'react';
import { WarrantyTermBody, type CaseDetail } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords, type Key } from '../i18n/Words.js';
import { addTerm } from './deviceRequests.js';
import { useDeviceDeed } from './useDeviceDeed.js';

interface Props {
  detail: CaseDetail;
  deviceId: string;
  onClose: () => void;
}

const KINDS = ['insurance', 'manufacturer', 'carrier'] as const;

interface FieldProps {
  word: Key;
  value: string;
  day?: boolean;
  most?: number;
  onChange: (value: string) => void;
}

const Field = ({ word, value, day = false, most, onChange }: FieldProps) => {
  const { t } = useWords();
  return (
    <label className={forms.field}>
      <span>{t(word)}</span>
      <input
        type={day ? 'date' : 'text'}
        value={value}
        maxLength={most}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
};

/** Who else answers for a phone: an insurance, its maker, or we ourselves beyond the law. */
export default function TermDialog({ detail, deviceId, onClose }: Props) {
  const { t } = useWords();
  const { run, busy, problem } = useDeviceDeed(detail);
  const [kind, setKind] = useState<(typeof KINDS)[number]>('insurance');
  const [provider, setProvider] = useState('');
  const [number, setNumber] = useState('');
  const [startsOn, setStartsOn] = useState('');
  const [endsOn, setEndsOn] = useState('');
  const [clause, setClause] = useState('');
  const typed = { kind, provider, number: number || undefined, startsOn, endsOn, clause: clause || undefined };
  const read = WarrantyTermBody.safeParse(typed);
  const backwards = startsOn !== '' && endsOn !== '' && endsOn < startsOn;
  const save = async () => {
    if (read.success && (await run(() => addTerm(detail.id, deviceId, read.data)))) onClose();
  };
  return (
    <FormDialog
      title={t('device.term.add')}
      deed={t('device.save')}
      busy={busy}
      problem={problem ?? (backwards ? t('device.term.backwards') : null)}
      disabled={!read.success}
      onClose={onClose}
      onSubmit={save}
    >
      <Choices
        legend={t('device.term.kind')}
        name="kind"
        value={kind}
        choices={KINDS.map((value) => ({ value, words: t(`device.term.${value}`) }))}
        onChange={setKind}
      />
      <div className={forms.two}>
        <Field word="device.term.provider" value={provider} most={120} onChange={setProvider} />
        <Field word="device.term.number" value={number} most={80} onChange={setNumber} />
      </div>
      <div className={forms.two}>
        <Field word="device.term.from" value={startsOn} day onChange={setStartsOn} />
        <Field word="device.term.to" value={endsOn} day onChange={setEndsOn} />
      </div>
      <Field word="device.term.clause" value={clause} most={300} onChange={setClause} />
    </FormDialog>
  );
}
