import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DeviceOs, SimKind, type DeviceModel } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { addModel, changeModel, tacsQuery } from './deviceRequests.js';
import { simName } from './simName.js';

interface Props {
  /** Null: a new one. */
  model: DeviceModel | null;
  onClose: () => void;
}

const OS_NAMES = { android: 'Android', ios: 'iOS' } as const;

/** A model, what fits in it, and the TACs it is known by. */
export const ModelDialog = ({ model, onClose }: Props) => {
  const { t } = useWords();
  const client = useQueryClient();
  const { run, busy, problem } = useDeed();
  const known = useQuery({ ...tacsQuery(model?.id ?? ''), enabled: model !== null });
  const [brand, setBrand] = useState(model?.brand ?? '');
  const [name, setName] = useState(model?.name ?? '');
  const [os, setOs] = useState<DeviceOs>(model?.os ?? 'android');
  const [sim, setSim] = useState<SimKind[]>(model?.sim ?? []);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? known.data?.tacs.join(' ') ?? '';
  const tacs = text.split(/[\s,;]+/u).filter((tac) => tac !== '');
  const isWrong = tacs.some((tac) => !/^\d{8}$/u.test(tac));
  const isReading = model !== null && !known.data;
  const save = async () => {
    const body = { brand: brand.trim(), name: name.trim(), os, sim, tacs: [...new Set(tacs)] };
    if (!(await run(() => (model ? changeModel(model.id, body) : addModel(body))))) return;
    await client.invalidateQueries({ queryKey: ['devices'] });
    onClose();
  };
  return (
    <FormDialog
      title={model ? t('models.edit', { name: `${model.brand} ${model.name}` }) : t('models.add')}
      deed={t('device.save')}
      busy={busy}
      problem={problem}
      disabled={brand.trim() === '' || name.trim() === '' || isWrong || isReading}
      onClose={onClose}
      onSubmit={save}
    >
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('models.brand')}</span>
          <input value={brand} maxLength={60} onChange={({ currentTarget }) => setBrand(currentTarget.value)} />
        </label>
        <label className={forms.field}>
          <span>{t('models.name')}</span>
          <input value={name} maxLength={120} onChange={({ currentTarget }) => setName(currentTarget.value)} />
        </label>
      </div>
      <Choices
        legend={t('models.os')}
        name="os"
        value={os}
        choices={DeviceOs.options.map((value) => ({
          value,
          words: value === 'other' ? t('models.os.other') : OS_NAMES[value],
        }))}
        onChange={setOs}
      />
      <fieldset className={forms.field}>
        <legend>{t('models.sim')}</legend>
        <div className={forms.choices}>
          {SimKind.options.map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={sim.includes(kind)}
                onChange={({ currentTarget: { checked } }) =>
                  setSim(SimKind.options.filter((each) => (each === kind ? checked : sim.includes(each))))
                }
              />
              {simName(kind)}
            </label>
          ))}
        </div>
      </fieldset>
      <label className={forms.field}>
        <span>{t('models.tacs')}</span>
        <textarea
          rows={3}
          value={text}
          disabled={isReading}
          aria-invalid={isWrong || undefined}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <small>{t('models.tacs.hint')}</small>
      </label>
    </FormDialog>
  );
};
