import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail, Quote, RepairOrder } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import { useWords } from '../i18n/Words.js';
import { asTyped } from '../i18n/moments.js';
import { QuoteForm } from './QuoteForm.js';
import type { OfferedBy } from './repairDialogs.js';
import { EMPTY_QUOTE, typedFrom, typedFromPartner } from './quoteForm.rules.js';
import { QuoteRead } from './QuoteRead.js';
import styles from './Repairs.module.css';

interface Props {
  order: RepairOrder;
  detail: CaseDetail;
  /** What a partner asks for it: the quote begins from that. */
  from?: OfferedBy;
  onClose: () => void;
}

/** The quotes of a repair: the newest to write or to read, the others a click away. */
export default function QuoteDialog({ order, detail, from, onClose }: Props) {
  const { t, intl } = useWords();
  const newest = order.quotes.find(({ state }) => state === 'draft' || state === 'offered') ?? order.quotes[0];
  const [chosenId, setChosenId] = useState(newest?.id);
  const [writing, setWriting] = useState(newest === undefined || from !== undefined);
  const chosen: Quote | undefined = order.quotes.find(({ id }) => id === chosenId) ?? newest;
  const draft = order.quotes.find(({ state }) => state === 'draft');
  const title = `${t('repairs.quote')}: ${order.device.name}`;
  const basis = draft ?? chosen;
  const wall = (at: string) => asTyped(intl, at);
  // What somebody has begun to write already is not overwritten.
  const begun =
    from && !draft
      ? typedFromPartner(from.quote, intl.locale, wall)
      : basis
        ? typedFrom(basis, intl.locale, wall)
        : EMPTY_QUOTE;
  const edits = writing || chosen?.state === 'draft';
  return (
    <Dialog title={title} size={880} onClose={onClose}>
      {order.quotes.length > 1 || (order.quotes.length === 1 && writing && !draft) ? (
        <div className={styles.versions} role="group" aria-label={t('quote.versions')}>
          {order.quotes.map(({ id, version, state }) => (
            <Button
              key={id}
              size="xs"
              variant={id === chosen?.id && !(writing && !draft) ? 'light' : 'subtle'}
              aria-pressed={id === chosen?.id}
              onClick={() => {
                setChosenId(id);
                setWriting(false);
              }}
            >
              v{version} · {t(`quote.state.${state}`)}
            </Button>
          ))}
        </div>
      ) : null}
      {from && edits ? <p className={styles.told}>{t('quote.from', { partner: from.partner })}</p> : null}
      {edits ? (
        <QuoteForm
          key={draft?.id ?? 'new'}
          order={order}
          detail={detail}
          draftId={draft?.id}
          begun={begun}
          onClose={onClose}
        />
      ) : chosen ? (
        <QuoteRead
          key={chosen.id}
          quote={chosen}
          order={order}
          detail={detail}
          onAnew={() => setWriting(true)}
          onClose={onClose}
        />
      ) : null}
    </Dialog>
  );
}
