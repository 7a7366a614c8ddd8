import { useState } from 'react';
import type { CaseDetail, CaseDevice, Purchase, PurchaseBody } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { correctDevice } from './deviceRequests.js';
import { ProofFileField } from './ProofFileField.js';
import { useDeviceDeed } from './useDeviceDeed.js';

const CONDITIONS = ['new', 'second_hand'] as const;
const SELLERS = ['carrier', 'other'] as const;
const PROOFS = ['receipt', 'contract', 'own_records', 'none'] as const;

interface Props {
  detail: CaseDetail;
  device: CaseDevice;
  onClose: () => void;
}

const Day = ({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint?: string;
  value: string | null;
  onChange: (value: string) => void;
}) => (
  <label className={forms.field}>
    <span>{label}</span>
    <input type="date" value={value ?? ''} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
    {hint ? <small>{hint}</small> : null}
  </label>
);

/** When and where it was bought: from there all terms are reckoned. */
export const PurchaseDialog = ({ detail, device, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useDeviceDeed(detail);
  const [typed, setTyped] = useState<PurchaseBody>(
    device.purchase ?? { boughtOn: '', sellerKind: 'carrier', proof: 'receipt', condition: 'new', country: 'ES' },
  );
  const [sending, setSending] = useState(false);
  const set = (change: Partial<Purchase>) => setTyped((before) => ({ ...before, ...change }));
  const country = (typed.country ?? '').toUpperCase();
  const save = async () => {
    const agreedMonths = typed.condition === 'second_hand' ? (typed.agreedMonths ?? null) : null;
    const purchase = { ...typed, country, agreedMonths, deliveredOn: typed.deliveredOn || null };
    if (await run(() => correctDevice(detail.id, device.id, { purchase }))) onClose();
  };
  return (
    <FormDialog
      title={t(device.purchase ? 'device.purchase.change' : 'device.purchase.set')}
      deed={t('device.save')}
      busy={busy}
      problem={problem}
      disabled={sending || typed.boughtOn === '' || !/^[A-Z]{2}$/u.test(country)}
      onClose={onClose}
      onSubmit={save}
    >
      <div className={forms.two}>
        <Day label={t('device.purchase.bought')} value={typed.boughtOn} onChange={(boughtOn) => set({ boughtOn })} />
        <Day
          label={t('device.purchase.delivered')}
          hint={t('device.purchase.delivered.hint')}
          value={typed.deliveredOn ?? null}
          onChange={(deliveredOn) => set({ deliveredOn })}
        />
      </div>
      <Choices
        legend={t('device.purchase.condition')}
        name="condition"
        value={typed.condition ?? 'new'}
        choices={CONDITIONS.map((value) => ({ value, words: t(`device.condition.${value}`) }))}
        onChange={(condition) => set({ condition })}
      />
      {typed.condition === 'second_hand' ? (
        <label className={forms.field}>
          <span>{t('device.purchase.agreed')}</span>
          <input
            type="number"
            min={1}
            max={120}
            value={typed.agreedMonths ?? ''}
            onChange={({ currentTarget: { valueAsNumber } }) =>
              set({ agreedMonths: Number.isInteger(valueAsNumber) ? valueAsNumber : null })
            }
          />
          <small>{t('device.purchase.agreed.hint')}</small>
        </label>
      ) : null}
      <Choices
        legend={t('device.purchase.seller')}
        name="seller"
        value={typed.sellerKind}
        choices={SELLERS.map((value) => ({ value, words: t(`device.seller.${value}`) }))}
        onChange={(sellerKind) => set({ sellerKind })}
      />
      <div className={forms.two}>
        <label className={forms.field}>
          <span>{t('device.purchase.seller.name')}</span>
          <input
            value={typed.seller ?? ''}
            maxLength={120}
            onChange={({ currentTarget }) => set({ seller: currentTarget.value })}
          />
        </label>
        <label className={forms.field}>
          <span>{t('device.purchase.country')}</span>
          <input
            value={typed.country ?? ''}
            maxLength={2}
            onChange={({ currentTarget }) => set({ country: currentTarget.value })}
          />
        </label>
      </div>
      <Choices
        legend={t('device.purchase.proof')}
        name="proof"
        value={typed.proof}
        choices={PROOFS.map((value) => ({ value, words: t(`device.proof.${value}`) }))}
        onChange={(proof) => set({ proof })}
      />
      {typed.proof === 'receipt' || typed.proof === 'contract' ? (
        <ProofFileField
          detail={detail}
          known={device.proofFile}
          value={typed.proofId ?? null}
          onChange={(proofId) => set({ proofId })}
          onBusy={setSending}
        />
      ) : null}
    </FormDialog>
  );
};
