import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail, CaseDevice, Device, DeviceRef } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { ReasonField } from '../app/ReasonField.js';
import { useWords } from '../i18n/Words.js';
import { useNumbers } from './DeviceName.js';
import { caseDevicesQuery, deviceQuery, foundDevicesQuery, joinDevices } from './deviceRequests.js';
import { dayText } from './Terms.js';
import { useDeviceDeed } from './useDeviceDeed.js';
import styles from './Devices.module.css';

interface Props {
  detail: CaseDetail;
  device: CaseDevice;
  onClose: () => void;
}

const Choice = ({ device, chosen, onChoose }: { device: DeviceRef; chosen: boolean; onChoose: () => void }) => {
  const { t } = useWords();
  const numbersOf = useNumbers();
  return (
    <label className={forms.choice}>
      <input type="radio" name="other" checked={chosen} onChange={onChoose} />
      <span>
        {device.name || t('device.nameless')}
        <small>{numbersOf(device).join(' · ')}</small>
      </span>
    </label>
  );
};

/** What becomes of the other record, line by line, before anybody says yes. */
const WhatMoves = ({ kept, other }: { kept: CaseDevice; other: Device }) => {
  const { t, intl } = useWords();
  const numbersOf = useNumbers();
  const { cases, repairs, loans } = other.history;
  const numbers = numbersOf(other);
  const ownerOf = (device: Device | undefined) => device?.owners.find(({ until }) => until === null);
  const owner = ownerOf(other);
  const own = ownerOf(useQuery(deviceQuery(kept.id)).data);
  const isAnothers = owner && own && owner.customer?.id !== own.customer?.id;
  const bought = other.purchase && dayText(intl.locale, other.purchase.boughtOn);
  const lines = [
    ...(numbers.length > 0 ? [t('device.join.numbers', { numbers: numbers.join(' · ') })] : []),
    t('device.join.history', { cases: cases.length, repairs: repairs.length, loans: loans.length }),
    ...(bought ? [t(kept.purchase ? 'device.join.purchase.kept' : 'device.join.purchase', { at: bought })] : []),
    ...(isAnothers
      ? [t('device.join.owner', { name: owner.customer?.displayName ?? t('device.page.owner.unseen') })]
      : []),
  ];
  return (
    <div className={styles.moves}>
      <b>{t('device.join.moves', { name: other.name || t('device.nameless') })}</b>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className={styles.warn}>{t('device.join.for_good')}</p>
    </div>
  );
};

/** Two records turn out to be one phone: which other one, what moves, and why one thinks so. */
export default function JoinDialog({ detail, device, onClose }: Props) {
  const { t } = useWords();
  const { run, busy, problem } = useDeviceDeed(detail);
  const [typed, setTyped] = useState('');
  const [otherId, setOtherId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const isAsked = typed.trim().length >= 4;
  const here = useQuery(caseDevicesQuery(detail.id, detail.version)).data?.items ?? [];
  const found = useQuery({ ...foundDevicesQuery(typed.trim()), enabled: isAsked });
  const other = useQuery({ ...deviceQuery(otherId ?? ''), enabled: otherId !== null }).data;
  const named = [...here, ...(isAsked ? (found.data?.items ?? []) : [])];
  const choices = named.filter(({ id }, at) => id !== device.id && named.findIndex((one) => one.id === id) === at);
  // Whoever looks for another one has not chosen yet.
  const chosen = choices.some(({ id }) => id === otherId) ? other : undefined;
  const save = async () => {
    if (chosen && otherId && (await run(() => joinDevices(detail.id, device.id, { otherId, reason: reason.trim() }))))
      onClose();
  };
  return (
    <FormDialog
      title={t('device.join')}
      deed={t('device.join.do')}
      busy={busy}
      problem={problem}
      disabled={!chosen || reason.trim() === ''}
      onClose={onClose}
      onSubmit={save}
    >
      <p className={forms.lead}>{t('device.join.lead', { name: device.name || t('device.nameless') })}</p>
      <label className={forms.field}>
        <span>{t('device.join.find')}</span>
        <input
          type="search"
          value={typed}
          maxLength={60}
          autoComplete="off"
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <small role="status">
          {isAsked && found.data?.items.length === 0 ? t('device.join.not_found') : t('device.join.find.hint')}
        </small>
      </label>
      {choices.length > 0 ? (
        <fieldset className={forms.field}>
          <legend>{t('device.join.which')}</legend>
          {choices.map((one) => (
            <Choice key={one.id} device={one} chosen={one.id === otherId} onChoose={() => setOtherId(one.id)} />
          ))}
        </fieldset>
      ) : null}
      {chosen ? <WhatMoves kept={device} other={chosen} /> : null}
      <ReasonField label={t('device.join.why')} value={reason} problem={null} onChange={setReason} />
    </FormDialog>
  );
}
