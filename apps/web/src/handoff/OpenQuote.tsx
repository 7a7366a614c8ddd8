import { Button } from '@mantine/core';
import { ReceiptEuro } from 'lucide-react';
import type { CaseDetail, PartnerQuote } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { day } from '../i18n/moments.js';
import { openRepairDialog } from '../repairs/repairDialogs.js';
import type { WholeHandoff } from './handoff.rules.js';
import { openHandoffDialog } from './handoffDialogs.js';
import { QuoteTable } from './QuoteTable.js';
import styles from './Handoff.module.css';

interface Props {
  handoff: WholeHandoff;
  quote: PartnerQuote;
  detail: CaseDetail;
  works: boolean;
}

/** What they ask for it: into the quote of the repair for the customer, and their answer. */
export const OpenQuote = ({ handoff, quote, works }: Props) => {
  const { t, intl } = useWords();
  const may = useMay();
  const { id, repairId, partner } = handoff;
  const answer = (approved: boolean) =>
    openHandoffDialog({ name: 'say', handoffId: id, kind: 'quote_answered', approved });
  return (
    <div className={styles.offer}>
      <p>
        <ReceiptEuro size={15} aria-hidden /> <b>{t('handoff.quote', { partner: partner.name })}</b>
      </p>
      <QuoteTable quote={quote} />
      <p className={styles.quiet}>
        {[
          quote.agreement,
          quote.cover ? t('quote.covered', { months: quote.cover.months, what: quote.cover.what }) : null,
          quote.validUntil ? t('handoff.quote.until', { day: day(intl, quote.validUntil) }) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {works ? (
        <div className={styles.deeds}>
          {may('repair.work') ? (
            <Button
              size="xs"
              variant="filled"
              onClick={() => openRepairDialog({ name: 'quote', repairId, from: { partner: partner.name, quote } })}
            >
              {t('handoff.quote.take')}
            </Button>
          ) : null}
          <Button size="xs" onClick={() => answer(true)}>
            {t('handoff.quote.approve')}
          </Button>
          <Button size="xs" onClick={() => answer(false)}>
            {t('handoff.quote.decline')}
          </Button>
        </div>
      ) : null}
    </div>
  );
};
