import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download, FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { LoanerGrade, type LoanerImport } from '#contracts';
import { newKey } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords, type Key } from '../i18n/Words.js';
import { addLoaner, importLoaners, modelsQuery } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import { IMPORT_REASONS, refusedFile } from './refused.rules.js';
import { useLoanDeed } from './useLoanDeed.js';
import styles from './Loans.module.css';

const IMEI = /^\d{15}$/u;

/** What became of a list, and of which rows nothing. */
const Imported = ({ made }: { made: LoanerImport }) => {
  const { t, intl } = useWords();
  const words = (reason: string) =>
    IMPORT_REASONS.has(reason) ? t(`loaners.import.${reason}` as Key) : t('loaners.import.row.refused');
  const refused = made.rows.filter(({ outcome }) => outcome === 'refused');
  const keep = () => {
    const file = refusedFile(made.header, refused, t('loaners.import.why'), words);
    const address = URL.createObjectURL(new Blob([file], { type: 'text/csv;charset=utf-8' }));
    Object.assign(document.createElement('a'), { href: address, download: 'refused.csv' }).click();
    URL.revokeObjectURL(address);
  };
  return (
    <div role="status">
      <p>{t('loaners.import.done', { created: made.created, unchanged: made.unchanged, refused: made.refused })}</p>
      {refused.length > 0 ? (
        <Button size="xs" leftSection={<Download size={14} />} onClick={keep}>
          {t('loaners.import.keep')}
        </Button>
      ) : null}
      <ul className={styles.past}>
        {refused.map(({ row, label, reasons }) => (
          <li key={row}>
            {t('loaners.import.row', { row: intl.formatNumber(row), label: label ?? '—' })}
            <small>{reasons.map(words).join(' · ')}</small>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** One more phone to lend, or a list of them. */
export default function AddLoaners({ storeId, onClose }: { storeId: string; onClose: () => void }) {
  const { t } = useWords();
  const { run, busy, problem } = useLoanDeed();
  const models = useQuery(modelsQuery).data?.items.filter(({ retired }) => !retired) ?? [];
  const [key, setKey] = useState(newKey);
  const [modelId, setModelId] = useState('');
  const [label, setLabel] = useState('');
  const [imei, setImei] = useState('');
  const [grade, setGrade] = useState<LoanerGrade>('A');
  const [made, setMade] = useState<LoanerImport | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const digits = imei.replace(/\D/gu, '');
  const wrong = imei !== '' && !IMEI.test(digits);
  const save = async () => {
    const body = { storeId, modelId, label: label.trim(), grade, ...(digits ? { imei: digits } : {}) };
    if (!(await run(() => addLoaner(body, key)))) return;
    setKey(newKey());
    setLabel('');
    setImei('');
  };
  const take = async (chosen: File | undefined) => {
    const done = chosen && (await run(() => importLoaners(chosen)));
    if (done) setMade(done);
  };
  return (
    <FormDialog
      title={t('loaners.add')}
      deed={t('loaners.add.one')}
      busy={busy}
      problem={problem}
      disabled={modelId === '' || label.trim() === '' || wrong}
      aside={
        <Button leftSection={<FileUp size={14} />} onClick={() => file.current?.click()}>
          {t('loaners.import')}
        </Button>
      }
      onClose={onClose}
      onSubmit={save}
    >
      <label className={forms.field}>
        <span>{t('loaner.model')}</span>
        <select value={modelId} onChange={({ currentTarget }) => setModelId(currentTarget.value)}>
          <option value="">{t('loaner.model.choose')}</option>
          {models.map((model) => (
            <option key={model.id} value={model.id}>
              {nameOf(model)}
            </option>
          ))}
        </select>
      </label>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('loaner.label')}</span>
          <input value={label} maxLength={40} onChange={({ currentTarget }) => setLabel(currentTarget.value)} />
        </label>
        <label className={forms.field}>
          <span>{t('loaner.imei')}</span>
          <input
            value={imei}
            maxLength={20}
            inputMode="numeric"
            aria-invalid={wrong || undefined}
            onChange={({ currentTarget }) => setImei(currentTarget.value)}
          />
          <small role="alert">{wrong ? t('loaners.import.imei.invalid') : null}</small>
        </label>
      </div>
      <Choices
        legend={t('loaner.grade')}
        name="grade"
        value={grade}
        choices={LoanerGrade.options.map((value) => ({ value, words: `${value} · ${t(`loaner.grade.${value}`)}` }))}
        onChange={setGrade}
      />
      <input
        ref={file}
        type="file"
        accept=".csv,text/csv"
        hidden
        aria-label={t('loaners.import')}
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]);
          // The mended file may have the same name.
          currentTarget.value = '';
        }}
      />
      <p className={styles.hint}>{t('loaners.import.columns')}</p>
      {made ? <Imported made={made} /> : null}
    </FormDialog>
  );
}
