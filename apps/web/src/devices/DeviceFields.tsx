import { useId } from 'react';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { ImeiField, isNumber } from './ImeiField.js';

/** What somebody says of which phone it is. */
export interface StatedDevice {
  imei: string;
  imei2: string;
  serial: string;
  modelName: string;
}
export const NOTHING_STATED: StatedDevice = { imei: '', imei2: '', serial: '', modelName: '' };

/** Whether it says which one: anything at all, and no number that is none. */
export const isStated = ({ imei, imei2, serial, modelName }: StatedDevice): boolean =>
  isNumber(imei) && isNumber(imei2) && [imei, serial, modelName].some((text) => text.trim() !== '');

interface Props {
  /** How its first number is asked for. */
  label: string;
  value: StatedDevice;
  onChange: (part: Partial<StatedDevice>) => void;
}

/** Which phone: by its numbers, by its name, or by both. */
export const DeviceFields = ({ label, value, onChange }: Props) => {
  const { t } = useWords();
  const hint = useId();
  return (
    <>
      <div className={forms.two}>
        <ImeiField label={label} value={value.imei} onChange={(imei) => onChange({ imei })} />
        <ImeiField
          label={t('device.imei2')}
          hint={t('device.imei2.hint')}
          value={value.imei2}
          onChange={(imei2) => onChange({ imei2 })}
        />
      </div>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('device.model')}</span>
          <input
            value={value.modelName}
            maxLength={120}
            aria-describedby={hint}
            onChange={({ currentTarget }) => onChange({ modelName: currentTarget.value })}
          />
          <small id={hint}>{t('device.model.hint')}</small>
        </label>
        <label className={forms.field}>
          <span>{t('device.serial')}</span>
          <input
            value={value.serial}
            maxLength={60}
            onChange={({ currentTarget }) => onChange({ serial: currentTarget.value })}
          />
        </label>
      </div>
    </>
  );
};
