import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HandoffMode, isRepairOver, PartnerKind, type CaseDetail, type Handoff } from '#contracts';
import { Choices } from '../app/Choices.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useUser } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { caseDevicesQuery } from '../devices/deviceRequests.js';
import { useWords } from '../i18n/Words.js';
import { repairsQuery } from '../repairs/repairRequests.js';
import { draftHandoff, partnersQuery } from './handoffRequests.js';
import { useHandoffDeed } from './useHandoffDeed.js';

interface Props {
  detail: CaseDetail;
  onBegun: (draft: Handoff) => void;
  onClose: () => void;
}

/** What one usually wants of whom. */
const USUAL: Record<PartnerKind, HandoffMode> = {
  ...{ manufacturer: 'custody', lab: 'custody', courier: 'custody', carrier: 'advise' },
};

/** Companies by what they are. */
const PartnerField = ({ value, onPick }: { value: string; onPick: (id: string) => void }) => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(partnersQuery);
  const active = (data?.items ?? []).filter((partner) => partner.active);
  if (isError && !data)
    return <Trouble what={t('handoff.partners.unread')} error={error} onRetry={() => void refetch()} />;
  return (
    <label className={forms.field}>
      <span>{t('handoff.partner')}</span>
      <select value={value} data-autofocus onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="" />
        {PartnerKind.options.map((kind) => {
          const those = active.filter((partner) => partner.kind === kind);
          return those.length === 0 ? null : (
            <optgroup key={kind} label={t(`handoff.kind.${kind}`)}>
              {those.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          );
        })}
      </select>
      {data && active.length === 0 ? <small>{t('handoff.partners.none')}</small> : null}
    </label>
  );
};

/** To whom, how far, about which phone, and what we ask of them. */
export const BeginHandoff = ({ detail, onBegun, onClose }: Props) => {
  const { t } = useWords();
  const user = useUser();
  const { run, busy, problem } = useHandoffDeed();
  const partners = useQuery(partnersQuery).data?.items ?? [];
  const devices = useQuery(caseDevicesQuery(detail.id, detail.version)).data?.items ?? [];
  const repairs = useQuery(repairsQuery(detail.id, detail.version)).data?.items ?? [];
  const [typed, setTyped] = useState<{
    partnerId: string;
    mode: HandoffMode | null;
    deviceId: string | null;
    ask: string;
  }>({ partnerId: '', mode: null, deviceId: null, ask: '' });
  const partner = partners.find(({ id }) => id === typed.partnerId);
  const mode = typed.mode ?? (partner ? USUAL[partner.kind] : null);
  const deviceId = typed.deviceId ?? (devices.length === 1 ? (devices[0]?.id ?? '') : '');
  const repair = repairs.find(({ device, stage }) => device.id === deviceId && !isRepairOver(stage));
  const ask = typed.ask.trim();
  const needsDevice = mode === 'custody' && deviceId === '';
  const begin = async () => {
    if (!mode) return;
    const body = {
      ...{ partnerId: typed.partnerId, mode, ask, deviceId: deviceId || null, repairId: repair?.id ?? null },
      storeId: repair?.store.id ?? user.storeId,
    };
    const draft = await run((key) => draftHandoff(detail.id, body, key));
    if (draft) onBegun(draft);
  };
  return (
    <Form
      deed={t('handoff.begin')}
      {...{ busy, problem }}
      disabled={!partner || !mode || ask === '' || needsDevice}
      onSubmit={begin}
      onCancel={onClose}
    >
      <p className={forms.lead}>{t('handoff.new.lead')}</p>
      <PartnerField value={typed.partnerId} onPick={(partnerId) => setTyped({ ...typed, partnerId })} />
      <Choices
        legend={t('handoff.mode')}
        name="mode"
        value={mode}
        choices={HandoffMode.options.map((value) => ({ value, words: t(`handoff.mode.${value}`) }))}
        onChange={(chosen) => setTyped({ ...typed, mode: chosen })}
      />
      {mode ? <p className={forms.lead}>{t(`handoff.mode.${mode}.lead`)}</p> : null}
      <label className={forms.field}>
        <span>{t('repairs.device')}</span>
        <select value={deviceId} onChange={(event) => setTyped({ ...typed, deviceId: event.currentTarget.value })}>
          <option value="">{t('handoff.no_device')}</option>
          {devices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        {needsDevice ? <small role="alert">{t('handoff.needs_device')}</small> : null}
      </label>
      <label className={forms.field}>
        <span>{t('handoff.ask')}</span>
        <textarea
          rows={3}
          maxLength={2000}
          value={typed.ask}
          placeholder={t('handoff.ask.hint')}
          onChange={(event) => setTyped({ ...typed, ask: event.currentTarget.value })}
        />
        {partner && partner.language !== user.language ? (
          <small>{t(`handoff.ask.language.${partner.language}`, { partner: partner.name })}</small>
        ) : null}
      </label>
    </Form>
  );
};
