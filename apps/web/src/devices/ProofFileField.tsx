import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail, ProofFile } from '#contracts';
import { attachmentUrl } from '../api/requests.js';
import forms from '../app/forms.module.css';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { useCaseFiles } from './caseFiles.js';
import { keepProof } from './deviceRequests.js';
import styles from './Devices.module.css';

interface Props {
  detail: CaseDetail;
  /** What is on record, where the reader may open it. */
  known: ProofFile | null;
  value: string | null;
  onChange: (id: string | null) => void;
  /** A file is on its way: what is saved now would be saved without it. */
  onBusy: (busy: boolean) => void;
}

/** The ticket or the contract itself: a photo taken now, or a file the customer has sent. */
export const ProofFileField = ({ detail, known, value, onChange, onBusy }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useDeed();
  const files = useCaseFiles(detail.id);
  const [uploaded, setUploaded] = useState<{ id: string; fileName: string }[]>([]);
  const chosen = [...(known ? [known] : []), ...files, ...uploaded].find(({ id }) => id === value);
  const add = async (file: File | undefined) => {
    if (!file) return;
    onBusy(true);
    const made = await run(() => keepProof(file));
    onBusy(false);
    if (!made) return;
    setUploaded([...uploaded, made]);
    onChange(made.id);
  };
  return (
    <div className={forms.field}>
      <span>{t('device.proof.file')}</span>
      {value ? (
        <p className={styles.proof}>
          <a href={attachmentUrl(value)} target="_blank" rel="noreferrer">
            {chosen?.fileName ?? t('device.proof.file.unseen')}
          </a>
          <Button size="compact-sm" variant="subtle" onClick={() => onChange(null)}>
            {t('device.proof.file.take')}
          </Button>
        </p>
      ) : (
        <>
          <input
            type="file"
            accept="image/*,application/pdf"
            aria-label={t('device.proof.file')}
            disabled={busy}
            onChange={({ currentTarget }) => {
              void add(currentTarget.files?.[0]);
              // The same file again is another try.
              currentTarget.value = '';
            }}
          />
          {files.length > 0 ? (
            <select
              aria-label={t('device.proof.file.case')}
              value=""
              onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
            >
              <option value="">{t('device.proof.file.case')}</option>
              {files.map(({ id, fileName }) => (
                <option key={id} value={id}>
                  {fileName}
                </option>
              ))}
            </select>
          ) : null}
        </>
      )}
      <small role="alert">{problem}</small>
    </div>
  );
};
