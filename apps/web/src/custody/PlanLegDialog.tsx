import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseCustody, Hands } from '#contracts';
import { storesQuery } from '../api/queries.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { fromTyped } from '../i18n/moments.js';
import { handsName } from './custodyEvents.js';
import { partnersQuery, planLeg } from './custodyRequests.js';
import { useCustodyDeed } from './useCustodyDeed.js';

interface Props {
  caseId: string;
  device: CaseCustody['devices'][number];
  customer: { id: string; displayName: string };
  onClose: () => void;
}

const keyOf = ({ kind, id }: Hands): string => `${kind}:${id ?? ''}`;

/** Everybody a phone can go to from here. */
function useEverybody(customer: Props['customer']): { places: Hands[]; couriers: Hands[] } {
  const stores = useQuery(storesQuery).data?.items ?? [];
  const partners = (useQuery(partnersQuery).data?.items ?? []).filter(({ active }) => active);
  const others = partners.filter(({ kind }) => kind !== 'courier');
  return {
    places: [
      ...others.map(({ id, name }): Hands => ({ kind: 'partner', id, name })),
      ...stores.map(({ id, name }): Hands => ({ kind: 'store', id, name })),
      { kind: 'customer', id: customer.id, name: customer.displayName },
    ],
    couriers: partners
      .filter(({ kind }) => kind === 'courier')
      .map(({ id, name }): Hands => ({ kind: 'courier', id, name })),
  };
}

const OTHER = 'other';

/** A phone is to go somewhere: from whom, to whom, who carries it, until when. */
export default function PlanLegDialog({ caseId, device, customer, onClose }: Props) {
  const { t, intl } = useWords();
  const user = useUser();
  const { run, busy, problem } = useCustodyDeed(caseId);
  const { places, couriers } = useEverybody(customer);
  // On its way, it goes on from where that ends.
  const last = device.legs.findLast(({ state }) => state === 'planned' || state === 'under_way')?.to ?? device.holder;
  const begins = last ? keyOf(last) : user.storeId ? `store:${user.storeId}` : '';
  const [chosen, setChosen] = useState({ from: begins, to: '', courier: '', other: '', tracking: '', eta: '' });
  const set = (more: Partial<typeof chosen>) => setChosen({ ...chosen, ...more });
  const find = (key: string) => places.find((hands) => keyOf(hands) === key);
  const [from, to] = [find(chosen.from), find(chosen.to)];
  const courier: Hands | null | undefined =
    chosen.courier === OTHER
      ? { kind: 'courier', id: null, name: chosen.other.trim() }
      : (couriers.find((hands) => keyOf(hands) === chosen.courier) ?? null);
  const lacksName = chosen.courier === OTHER && chosen.other.trim() === '';
  const save = async () => {
    if (!from || !to) return;
    const body = {
      ...{ deviceId: device.deviceId, from, to, courier },
      ...(chosen.tracking.trim() ? { trackingNumber: chosen.tracking.trim() } : {}),
      ...(chosen.eta ? { etaAt: fromTyped(intl, chosen.eta) } : {}),
    };
    const done = await run((key) => planLeg(caseId, body, key));
    if (done) onClose();
  };
  const side = (name: 'from' | 'to', label: string) => (
    <label className={forms.field}>
      <span>{label}</span>
      <select value={chosen[name]} onChange={({ currentTarget }) => set({ [name]: currentTarget.value })}>
        <option value="" />
        {places.map((hands) => (
          <option key={keyOf(hands)} value={keyOf(hands)}>
            {hands.kind === 'customer' ? t('leg.customer', { name: hands.name }) : handsName(hands, t)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <FormDialog
      title={t('leg.plan.title', { name: device.name })}
      deed={t('leg.plan.deed')}
      {...{ busy, problem, onClose }}
      disabled={!from || !to || chosen.from === chosen.to || lacksName}
      onSubmit={save}
    >
      <div className={forms.two}>
        {side('from', t('leg.from'))}
        {side('to', t('leg.to'))}
      </div>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('leg.courier')}</span>
          <select value={chosen.courier} onChange={({ currentTarget }) => set({ courier: currentTarget.value })}>
            <option value="">{t('leg.in_person')}</option>
            {couriers.map((hands) => (
              <option key={keyOf(hands)} value={keyOf(hands)}>
                {hands.name}
              </option>
            ))}
            <option value={OTHER}>{t('leg.other_courier')}</option>
          </select>
        </label>
        {chosen.courier === OTHER ? (
          <label className={forms.field}>
            <span>{t('leg.courier.name')}</span>
            <input
              value={chosen.other}
              maxLength={120}
              onChange={({ currentTarget }) => set({ other: currentTarget.value })}
            />
          </label>
        ) : null}
      </div>
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('leg.tracking')}</span>
          <input
            value={chosen.tracking}
            maxLength={80}
            onChange={({ currentTarget }) => set({ tracking: currentTarget.value })}
          />
        </label>
        <label className={forms.field}>
          <span>{t('leg.eta.when')}</span>
          <input
            type="datetime-local"
            value={chosen.eta}
            onChange={({ currentTarget }) => set({ eta: currentTarget.value })}
          />
        </label>
      </div>
    </FormDialog>
  );
}
