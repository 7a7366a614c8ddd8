import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  FAULT_WORDS,
  FaultKind,
  isRepairOver,
  type CaseDetail,
  type CaseDeviceList,
  type RepairOrder,
} from '#contracts';
import { request } from '../api/http.js';
import { storesQuery } from '../api/queries.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useUser } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { openRepair } from './repairRequests.js';
import { useRepairDeed } from './useRepairDeed.js';

interface Props {
  detail: CaseDetail;
  orders: readonly RepairOrder[];
  onClose: () => void;
}

/** Takes a device of the case in. */
export default function OpenRepairDialog({ detail, orders, onClose }: Props) {
  const { t } = useWords();
  const { language } = useLanguage();
  const user = useUser();
  const { run, busy, problem } = useRepairDeed(detail);
  const { data: devices } = useQuery({
    queryKey: ['devices', detail.id],
    queryFn: ({ signal }) => request<CaseDeviceList>('GET', `/cases/${detail.id}/devices`, { signal }),
  });
  const { data: stores } = useQuery(storesQuery);
  const inRepair = new Set(orders.filter(({ stage }) => !isRepairOver(stage)).map(({ device }) => device.id));
  const free = (devices?.items ?? []).filter(({ id }) => !inRepair.has(id));
  const [chosen, setChosen] = useState({ deviceId: '', storeId: user.storeId ?? '', fault: '' });
  const deviceId = chosen.deviceId || (free.length === 1 ? (free[0]?.id ?? '') : '');
  const { storeId, fault } = chosen;
  const save = async () => {
    if (await run(() => openRepair(detail.id, { deviceId, storeId, fault }))) onClose();
  };
  return (
    <FormDialog
      title={t('repairs.open')}
      deed={t('repairs.open')}
      {...{ busy, problem, onClose }}
      disabled={deviceId === '' || storeId === '' || fault === ''}
      onSubmit={save}
    >
      {devices && free.length === 0 ? <p className={forms.lead}>{t('repairs.no_device')}</p> : null}
      <label className={forms.field}>
        <span>{t('repairs.device')}</span>
        <select value={deviceId} onChange={(event) => setChosen({ ...chosen, deviceId: event.currentTarget.value })}>
          <option value="" />
          {free.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('repairs.store')}</span>
        <select value={storeId} onChange={(event) => setChosen({ ...chosen, storeId: event.currentTarget.value })}>
          <option value="" />
          {(stores?.items ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('repairs.fault')}</span>
        <select value={fault} onChange={(event) => setChosen({ ...chosen, fault: event.currentTarget.value })}>
          <option value="" />
          {FaultKind.options.map((kind) => (
            <option key={kind} value={kind}>
              {FAULT_WORDS[kind][language]}
            </option>
          ))}
        </select>
      </label>
    </FormDialog>
  );
}
