import { Button } from '@mantine/core';
import { useId } from 'react';
import { imeiProblemText, readDeviceNumber } from '#contracts';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';

interface Props {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}

/** A number of a phone, checked as it is typed; the reason is said in words. */
export const ImeiField = ({ label, hint, value, onChange }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const id = useId();
  const read = readDeviceNumber(value);
  const isTyped = value.trim() !== '';
  // Nobody is told that digits are missing while they are typing them.
  const isWrong = isTyped && read.kind === null && !(read.problem === 'too_short' && read.digits < 14);
  return (
    <div className={forms.field}>
      <span id={`${id}-name`}>{label}</span>
      <input
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-hint`}
        value={value}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        aria-invalid={isWrong || undefined}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {isWrong ? (
        <small role="alert" id={`${id}-hint`}>
          {imeiProblemText(read, language)}
          {read.problem === 'check_missing' && read.meant ? (
            <Button size="compact-xs" variant="subtle" onClick={() => onChange(read.meant ?? value)}>
              {t('device.imei.meant', { number: read.meant })}
            </Button>
          ) : null}
        </small>
      ) : (
        <small id={`${id}-hint`}>
          {read.kind === 'imei' ? t('device.imei.right') : read.kind ? t('device.meid.right') : hint}
        </small>
      )}
    </div>
  );
};

export const isNumber = (typed: string): boolean => typed.trim() === '' || readDeviceNumber(typed).kind !== null;
