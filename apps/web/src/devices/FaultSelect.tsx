import { FAULT_WORDS, FaultKind } from '#contracts';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';

/** What is wrong, of the list the house knows. */
export const FaultSelect = ({
  value,
  onChange,
}: {
  value: FaultKind | null;
  onChange: (kind: FaultKind | null) => void;
}) => {
  const { t } = useWords();
  const { language } = useLanguage();
  return (
    <label className={forms.field}>
      <span>{t('device.fault.what')}</span>
      <select
        value={value ?? ''}
        onChange={({ currentTarget }) =>
          onChange(FaultKind.options.find((kind) => kind === currentTarget.value) ?? null)
        }
      >
        <option value="">{t('device.fault.none')}</option>
        {FaultKind.options.map((kind) => (
          <option key={kind} value={kind}>
            {FAULT_WORDS[kind][language]}
          </option>
        ))}
      </select>
    </label>
  );
};
