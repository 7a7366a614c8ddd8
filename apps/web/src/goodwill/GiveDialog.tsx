import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CaseDetail, GiveBenefitBody } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { fromTyped } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { GiftFields } from './GiftFields.js';
import { EMPTY_GIFT, giftBody, KINDS, type Gift } from './gift.rules.js';
import { benefitsQuery, giveBenefit } from './goodwillRequests.js';
import { typedOf } from './typed.rules.js';
import { useGoodwillDeed } from './useGoodwillDeed.js';

/** Gives something: what it comes to is seen before it is given, and whether somebody else has to decide. */
export default function GiveDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t, intl } = useWords();
  const { data } = useQuery(benefitsQuery(detail.id, detail.version));
  const { run, busy, problem, failure } = useGoodwillDeed();
  const sent = useRef({ said: '', key: '' });
  const [typed, setTyped] = useState<Partial<Gift>>({});
  const known = data?.fees[0];
  const currency = known?.currency ?? data?.left.currency ?? 'EUR';
  const hasDiscount = data?.items.some(({ kind, state }) => kind === 'fee_discount' && state === 'active') ?? false;
  const gift: Gift = {
    ...EMPTY_GIFT,
    ...{ currency, fee: known ? typedOf(known.monthlyFeeCents, known.currency) : '' },
    kind: data?.without && !hasDiscount ? 'fee_discount' : 'voucher',
    ...typed,
  };
  const change = (part: Partial<Gift>) => setTyped((before) => ({ ...before, ...part }));
  const isUnfair = failure?.code === 'benefit.unfair' || gift.equityReason !== '';
  const body: GiveBenefitBody | null = giftBody(gift, (text) => fromTyped(intl, text));
  const save = async () => {
    if (!body) return;
    // What is put anew is another request; the same again is the same one.
    const said = JSON.stringify(body);
    if (sent.current.said !== said) sent.current = { said, key: crypto.randomUUID() };
    const given = await run(() => giveBenefit(detail.id, body, sent.current.key));
    if (!given) return;
    if (given.state === 'proposed') notify(t('benefit.waits'));
    onClose();
  };
  return (
    <FormDialog
      title={t('benefit.give')}
      size={520}
      deed={t('benefit.give.save')}
      busy={busy}
      problem={problem}
      disabled={!body}
      onSubmit={save}
      onClose={onClose}
    >
      <Choices
        legend={t('benefit.kind')}
        name="kind"
        value={gift.kind}
        choices={KINDS.map((value) => ({ value, words: t(`benefit.kind.${value}`) }))}
        onChange={(kind) => change({ kind })}
      />
      <GiftFields gift={gift} caseId={detail.id} lacksSomething={Boolean(data?.without)} onChange={change} />
      <label className={forms.field}>
        <span>{t('benefit.reason')}</span>
        <textarea
          rows={2}
          maxLength={500}
          value={gift.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
        <small>{t('benefit.reason.lead')}</small>
      </label>
      {isUnfair ? (
        <label className={forms.field}>
          <span>{t('benefit.equity')}</span>
          <textarea
            rows={2}
            maxLength={500}
            value={gift.equityReason}
            onChange={(event) => change({ equityReason: event.currentTarget.value })}
          />
        </label>
      ) : null}
    </FormDialog>
  );
}
