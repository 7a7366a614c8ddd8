import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { priced, quoteGaps, sharesExceed, type CaseDetail, type RepairOrder } from '#contracts';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { fromTyped } from '../i18n/moments.js';
import { bodyOf, EMPTY_LINE, type LineTyped, type QuoteTyped } from './quoteForm.rules.js';
import { QuoteLineFields } from './QuoteLineFields.js';
import { QuoteSum } from './QuoteSum.js';
import { draftQuote, offerQuote, redraftQuote } from './repairRequests.js';
import { useRepairDeed } from './useRepairDeed.js';
import styles from './Repairs.module.css';

interface Props {
  order: RepairOrder;
  detail: CaseDetail;
  draftId: string | undefined;
  begun: QuoteTyped;
  onClose: () => void;
}

const CURRENCIES = ['EUR', 'USD', 'GBP', 'JPY'];

/** Writes a quote: what it costs and who pays is worked out while it is written, by the rules the server goes by. */
export const QuoteForm = ({ order, detail, draftId, begun, onClose }: Props) => {
  const { t, intl } = useWords();
  const { run, busy, problem } = useRepairDeed(detail);
  const [typed, setTyped] = useState(begun);
  const set = (change: Partial<QuoteTyped>) => setTyped({ ...typed, ...change });
  const setLine = (place: number, change: Partial<LineTyped>) =>
    set({ lines: typed.lines.map((line, at) => (at === place ? { ...line, ...change } : line)) });
  const body = bodyOf(typed, (text) => fromTyped(intl, text));
  const exceeds = body !== null && sharesExceed(body);
  const gaps = body ? quoteGaps(body, new Date()) : [];
  const whole = body !== null && !exceeds && gaps.length === 0;
  const keep = async (offers: boolean) => {
    if (!body) return;
    const done = await run(async () => {
      const saved = draftId ? await redraftQuote(draftId, body) : await draftQuote(order.id, body);
      const draft = saved.quotes.find(({ state }) => state === 'draft');
      if (offers && draft) await offerQuote(draft.id, true);
    });
    if (done) onClose();
  };
  const word =
    body === null
      ? t('quote.unread')
      : exceeds
        ? t('quote.exceeds')
        : gaps.map((gap) => t(`quote.gap.${gap}`)).join(' ');
  return (
    <Form
      deed={t('quote.offer')}
      {...{ busy, problem }}
      disabled={!whole}
      aside={
        <Button disabled={body === null || exceeds} loading={busy} onClick={() => void keep(false)}>
          {t('quote.keep')}
        </Button>
      }
      onCancel={onClose}
      onSubmit={() => keep(true)}
    >
      <div className={styles.lines}>
        {typed.lines.map((line, place) => (
          <QuoteLineFields
            key={place}
            line={line}
            place={place}
            currency={typed.currency}
            set={(change) => setLine(place, change)}
            onRemove={typed.lines.length > 1 ? () => set({ lines: typed.lines.filter((_, at) => at !== place) }) : null}
          />
        ))}
      </div>
      <div className={forms.deeds} style={{ justifyContent: 'space-between', marginTop: 0 }}>
        <Button
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => set({ lines: [...typed.lines, EMPTY_LINE] })}
        >
          {t('quote.line.add')}
        </Button>
        <label>
          <span className="visually-hidden">{t('quote.currency')}</span>
          <select
            className={styles.currency}
            value={typed.currency}
            onChange={(event) => set({ currency: event.currentTarget.value })}
          >
            {CURRENCIES.map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </select>
        </label>
      </div>
      <fieldset className={forms.field}>
        <legend>{t('quote.others_pay')}</legend>
        <div className={styles.three}>
          {(['manufacturer', 'carrier', 'goodwill'] as const).map((payer) => (
            <label key={payer} className={forms.field}>
              <span>{t(`quote.payer.${payer}`)}</span>
              <input
                inputMode="decimal"
                value={typed[payer]}
                onChange={(event) => set({ [payer]: event.currentTarget.value })}
              />
            </label>
          ))}
        </div>
      </fieldset>
      <div className={styles.cover}>
        <label className={forms.field}>
          <span>{t('quote.cover.months')}</span>
          <input
            inputMode="numeric"
            value={typed.months}
            onChange={(event) => set({ months: event.currentTarget.value })}
          />
        </label>
        <label className={forms.field}>
          <span>{t('quote.cover.what')}</span>
          <input maxLength={500} value={typed.what} onChange={(event) => set({ what: event.currentTarget.value })} />
        </label>
        <label className={forms.field}>
          <span>{t('quote.until')}</span>
          <input
            type="datetime-local"
            value={typed.until}
            onChange={(event) => set({ until: event.currentTarget.value })}
          />
        </label>
      </div>
      {body && !exceeds ? <QuoteSum {...priced(body)} currency={body.currency} /> : null}
      <p className={styles.told} role="status">
        {word || t(body && priced(body).shares.customer === 0 ? 'quote.free' : 'quote.tells')}
      </p>
    </Form>
  );
};
