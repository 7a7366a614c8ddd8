import { Button } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { QuoteLineKind } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { fromTyped } from '../i18n/moments.js';
import { centsOf } from '../repairs/quoteForm.rules.js';
import lines from '../repairs/Repairs.module.css';
import type { WholeHandoff } from './handoff.rules.js';
import { sayWord } from './handoffRequests.js';
import { QuoteTable } from './QuoteTable.js';
import { useHandoffDeed } from './useHandoffDeed.js';
import { offerOf, type OfferTyped } from './wordFields.rules.js';
import styles from './Handoff.module.css';

interface Props {
  handoff: WholeHandoff;
  onClose: () => void;
}

const LINE: OfferTyped['lines'][number] = { description: '', kind: 'part', quantity: '1', list: '', price: '' };
const EMPTY: OfferTyped = {
  ...{ currency: 'EUR', lines: [LINE], agreement: '', months: '', what: '', until: '', text: '' },
};

type Set<T> = (change: Partial<T>) => void;

const Line = ({
  line,
  number,
  set,
  onRemove,
}: {
  line: OfferTyped['lines'][number];
  number: number;
  set: Set<OfferTyped['lines'][number]>;
  onRemove: (() => void) | null;
}) => {
  const { t } = useWords();
  const named = (word: string) => `${word}, ${t('quote.line', { number })}`;
  const field = (key: 'description' | 'quantity' | 'list' | 'price', word: string) => (
    <label className={forms.field}>
      <span>{word}</span>
      <input
        aria-label={named(word)}
        maxLength={200}
        {...(key === 'description'
          ? {}
          : { inputMode: key === 'quantity' ? ('numeric' as const) : ('decimal' as const) })}
        value={line[key]}
        onChange={(event) => set({ [key]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <div className={lines.line}>
      {field('description', t('quote.line.what'))}
      <label className={forms.field}>
        <span>{t('quote.line.kind')}</span>
        <select
          aria-label={named(t('quote.line.kind'))}
          value={line.kind}
          onChange={(event) => set({ kind: QuoteLineKind.parse(event.currentTarget.value) })}
        >
          {QuoteLineKind.options.map((kind) => (
            <option key={kind} value={kind}>
              {t(`quote.kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      {field('quantity', t('quote.line.quantity'))}
      {field('list', t('quote.line.list'))}
      {field('price', t('handoff.quote.price'))}
      <button
        type="button"
        aria-label={named(t('quote.line.remove'))}
        disabled={!onRemove}
        onClick={() => onRemove?.()}
      >
        <X size={16} aria-hidden style={{ verticalAlign: 'middle' }} />
      </button>
    </div>
  );
};

/** What we ask another company for the work it gave us: list and price of each piece, what is covered, until when. */
export default function OfferDialog({ handoff, onClose }: Props) {
  const { t, intl } = useWords();
  const { run, busy, problem } = useHandoffDeed();
  const [typed, setTyped] = useState(EMPTY);
  const set: Set<OfferTyped> = (change) => setTyped({ ...typed, ...change });
  const word = offerOf(
    typed,
    (text) => centsOf(text, typed.currency),
    (at) => fromTyped(intl, at),
  );
  const say = async () => {
    if (word && (await run((key) => sayWord(handoff.id, word, key)))) onClose();
  };
  const more = (key: 'agreement' | 'months' | 'what' | 'until', word: string) => (
    <label className={forms.field}>
      <span>{word}</span>
      <input
        {...(key === 'until' ? { type: 'datetime-local' } : {})}
        {...(key === 'months' ? { inputMode: 'numeric' as const } : {})}
        value={typed[key]}
        onChange={(event) => set({ [key]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <FormDialog
      title={`${t('handoff.deed.quoted')} · ${handoff.partner.name}`}
      deed={t('handoff.deed.quoted')}
      size={820}
      {...{ busy, problem, onClose }}
      disabled={word === null}
      onSubmit={say}
    >
      <p className={forms.lead}>{t('handoff.lead.quoted', { partner: handoff.partner.name })}</p>
      <div className={lines.lines}>
        {typed.lines.map((line, place) => (
          <Line
            key={place}
            line={line}
            number={place + 1}
            set={(change) =>
              set({ lines: typed.lines.map((each, at) => (at === place ? { ...each, ...change } : each)) })
            }
            onRemove={typed.lines.length > 1 ? () => set({ lines: typed.lines.toSpliced(place, 1) }) : null}
          />
        ))}
      </div>
      <div>
        <Button
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => set({ lines: [...typed.lines, LINE] })}
        >
          {t('quote.line.add')}
        </Button>
      </div>
      <div className={forms.two}>
        {more('agreement', t('quote.line.agreement'))}
        {more('until', t('quote.until'))}
        {more('months', t('quote.cover.months'))}
        {more('what', t('quote.cover.what'))}
      </div>
      {word?.kind === 'quoted' ? <QuoteTable quote={word.quote} /> : null}
      <p className={styles.audience}>{t('handoff.will_see', { partner: handoff.partner.name })}</p>
    </FormDialog>
  );
}
