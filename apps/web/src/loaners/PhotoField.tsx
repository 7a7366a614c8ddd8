import { useState } from 'react';
import forms from '../app/forms.module.css';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { keepPicture } from './loanerRequests.js';

interface Props {
  ids: string[];
  onChange: (ids: string[]) => void;
}

/** Pictures of a phone, taken or chosen. */
export const PhotoField = ({ ids, onChange }: Props) => {
  const { t } = useWords();
  const { run, problem } = useDeed();
  const [loading, setLoading] = useState(false);
  const add = async (files: readonly File[]) => {
    setLoading(true);
    const kept: string[] = [];
    for (const file of files) {
      const made = await run(() => keepPicture(file));
      if (made) kept.push(made.id);
    }
    setLoading(false);
    onChange([...ids, ...kept]);
  };
  return (
    <label className={forms.field}>
      <span>{t('loan.photos')}</span>
      <input
        type="file"
        accept="image/*"
        multiple
        disabled={loading}
        onChange={({ currentTarget }) => void add([...(currentTarget.files ?? [])])}
      />
      <small role="status">{ids.length > 0 ? t('loan.photos.kept', { count: ids.length }) : null}</small>
      <small role="alert">{problem}</small>
    </label>
  );
};
