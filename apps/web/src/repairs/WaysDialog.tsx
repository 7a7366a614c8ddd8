import { useState } from 'react';
import {
  DataFate,
  PAYERS,
  RepairWay,
  type CaseDetail,
  type RepairOption,
  type RepairOrder,
  type Payer,
} from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { centsOf, typedOf } from './quoteForm.rules.js';
import { compareWays, decideWay } from './repairRequests.js';
import { useRepairDeed } from './useRepairDeed.js';
import styles from './Repairs.module.css';

interface Props {
  order: RepairOrder;
  detail: CaseDetail;
  onClose: () => void;
}

/** One way as it stands in the form. */
type Typed = Record<Payer, string> & { on: boolean; days: string; data: DataFate; note: string };
type AllTyped = Record<RepairWay, Typed>;

const EMPTY: Typed = {
  ...{ on: false, manufacturer: '', carrier: '', goodwill: '', customer: '', days: '', data: 'unknown', note: '' },
};

/** What was compared; of a repair nobody has written down, what its quote says. */
function begun(order: RepairOrder, locale: string): { currency: string; typed: AllTyped } {
  const quote = order.quotes.find(({ state }) => state === 'offered' || state === 'approved') ?? order.quotes[0];
  const currency = order.options[0]?.currency ?? quote?.currency ?? 'EUR';
  const amounts = (shares: Record<Payer, number>) => ({
    ...{
      manufacturer: typedOf(shares.manufacturer, currency, locale),
      carrier: typedOf(shares.carrier, currency, locale),
    },
    ...{ goodwill: typedOf(shares.goodwill, currency, locale), customer: typedOf(shares.customer, currency, locale) },
  });
  const one = (way: RepairWay): Typed => {
    const known = order.options.find((option) => option.way === way);
    if (known)
      return {
        ...amounts(known.shares),
        on: true,
        days: String(known.daysWithoutPhone),
        data: known.data,
        note: known.note,
      };
    return way === 'repair' && quote ? { ...EMPTY, ...amounts(quote.shares), on: true } : EMPTY;
  };
  return {
    currency,
    typed: { repair: one('repair'), replace: one('replace'), refund: one('refund'), buy_out: one('buy_out') },
  };
}

/** What is ticked, as the server takes it; null where an amount or the days are none. */
function optionsOf(typed: AllTyped, currency: string): RepairOption[] | null {
  const options = RepairWay.options
    .filter((way) => typed[way].on)
    .map((way): RepairOption | null => {
      const { days, data, note, ...rest } = typed[way];
      const [manufacturer, carrier, goodwill, customer] = PAYERS.map((payer) => centsOf(rest[payer], currency));
      const daysWithoutPhone = days.trim() === '' ? 0 : Number(days);
      if (manufacturer == null || carrier == null || goodwill == null || customer == null) return null;
      if (!Number.isInteger(daysWithoutPhone) || daysWithoutPhone < 0 || daysWithoutPhone > 365) return null;
      return {
        way,
        currency,
        shares: { manufacturer, carrier, goodwill, customer },
        daysWithoutPhone,
        data,
        note: note.trim(),
      };
    });
  const whole = options.flatMap((option) => option ?? []);
  return whole.length === options.length ? whole : null;
}

/** Repair, replace, refund, buy out: what each costs whom, how long it takes, what becomes of the data; and the one that is taken. */
export default function WaysDialog({ order, detail, onClose }: Props) {
  const { t, intl } = useWords();
  const { run, busy, problem } = useRepairDeed(detail);
  const [{ currency, typed: first }] = useState(() => begun(order, intl.locale));
  const [typed, setTyped] = useState(first);
  const [chosen, setChosen] = useState<RepairWay | null>(order.way?.way ?? null);
  const [reason, setReason] = useState(order.way?.reason ?? '');
  const set = (way: RepairWay, change: Partial<Typed>) => setTyped({ ...typed, [way]: { ...typed[way], ...change } });
  const options = optionsOf(typed, currency);
  const decides = chosen !== null && typed[chosen].on && reason.trim() !== '';
  const save = async () => {
    if (!options) return;
    const done = await run(async () => {
      await compareWays(order.id, { options });
      if (decides) await decideWay(order.id, chosen, reason.trim());
    });
    if (done) onClose();
  };
  return (
    <FormDialog
      title={`${t('repairs.ways')}: ${order.device.name}`}
      size={980}
      deed={t(decides ? 'ways.decide' : 'ways.keep')}
      {...{ busy, problem, onClose }}
      disabled={!options || options.length === 0}
      onSubmit={save}
    >
      <div className={styles.ways}>
        {RepairWay.options.map((way) => (
          <fieldset key={way} className={styles.way} data-on={typed[way].on} data-chosen={chosen === way}>
            <legend className="visually-hidden">{t(`repair.way.${way}`)}</legend>
            <label className={forms.check}>
              <input
                type="checkbox"
                checked={typed[way].on}
                onChange={(event) => set(way, { on: event.currentTarget.checked })}
              />
              <b>{t(`repair.way.${way}`)}</b>
            </label>
            {typed[way].on ? (
              <WayFields way={way} typed={typed[way]} currency={currency} set={(change) => set(way, change)} />
            ) : null}
            {typed[way].on ? (
              <label className={forms.check}>
                <input type="radio" name="way" checked={chosen === way} onChange={() => setChosen(way)} />
                <span>{t('ways.this')}</span>
              </label>
            ) : null}
          </fieldset>
        ))}
      </div>
      {chosen ? (
        <label className={forms.field}>
          <span>{t('repairs.why')}</span>
          <input maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        </label>
      ) : null}
    </FormDialog>
  );
}

interface FieldsProps {
  way: RepairWay;
  typed: Typed;
  currency: string;
  set: (change: Partial<Typed>) => void;
}

const WayFields = ({ way, typed, currency, set }: FieldsProps) => {
  const { t } = useWords();
  const of = (word: string) => `${word}, ${t(`repair.way.${way}`)}`;
  return (
    <>
      {PAYERS.toReversed().map((payer) => (
        <label key={payer} className={forms.field}>
          <span>{t(`quote.payer.${payer}`)}</span>
          <input
            inputMode="decimal"
            aria-label={of(t(`quote.payer.${payer}`))}
            aria-invalid={centsOf(typed[payer], currency) === null}
            value={typed[payer]}
            onChange={(event) => set({ [payer]: event.currentTarget.value })}
          />
        </label>
      ))}
      <label className={forms.field}>
        <span>{t('ways.days')}</span>
        <input
          inputMode="numeric"
          aria-label={of(t('ways.days'))}
          value={typed.days}
          onChange={(event) => set({ days: event.currentTarget.value })}
        />
      </label>
      <label className={forms.field}>
        <span>{t('ways.data')}</span>
        <select
          aria-label={of(t('ways.data'))}
          value={typed.data}
          onChange={(event) => set({ data: event.currentTarget.value as DataFate })}
        >
          {DataFate.options.map((fate) => (
            <option key={fate} value={fate}>
              {t(`ways.data.${fate}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('repairs.note')}</span>
        <input
          aria-label={of(t('repairs.note'))}
          maxLength={500}
          value={typed.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      </label>
    </>
  );
};
