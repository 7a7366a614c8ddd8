import { Button } from '@mantine/core';
import { useState } from 'react';
import { amountText, type CaseDetail, type Quote, type RepairOrder } from '#contracts';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useMay } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { QuoteSum } from './QuoteSum.js';
import { approveQuote, declineQuote } from './repairRequests.js';
import { useRepairDeed } from './useRepairDeed.js';
import styles from './Repairs.module.css';

interface Props {
  quote: Quote;
  order: RepairOrder;
  detail: CaseDetail;
  onAnew: () => void;
  onClose: () => void;
}

const Lines = ({ quote }: { quote: Quote }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const money = (cents: number) => amountText(cents, quote.currency, language);
  return (
    <table className={styles.read}>
      <thead>
        <tr>
          <th>{t('quote.line.what')}</th>
          <th>{t('quote.line.list')}</th>
          <th>{t('quote.line.agreed')}</th>
        </tr>
      </thead>
      <tbody>
        {quote.lines.map(({ description, kind, quantity, listCents, totalCents, agreement }, place) => (
          <tr key={place}>
            <td>
              {quantity > 1 ? `${quantity} × ` : ''}
              {description}
              <small>
                {t(`quote.kind.${kind}`)}
                {agreement ? ` · ${agreement}` : ''}
              </small>
            </td>
            <td>{money(quantity * listCents)}</td>
            <td>{money(totalCents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** How it was decided, with what shows it. */
const Decided = ({ quote }: { quote: Quote }) => {
  const { t, intl } = useWords();
  const { decision, hash } = quote;
  if (!decision) return null;
  const { how, byName, at, reason, recordedBy, ip } = decision;
  return (
    <p className={styles.told}>
      {t(`quote.decided.${quote.state === 'declined' ? 'declined' : how}`, { name: byName, moment: moment(intl, at) })}
      {reason ? ` «${reason}»` : ''}
      {recordedBy ? ` · ${recordedBy.displayName}` : ''}
      {ip ? ` · IP ${ip}` : ''}
      {hash ? ` · SHA-256 ${hash.slice(0, 16)}…` : ''}
    </p>
  );
};

/** A quote as it was offered; before one of us the customer may say yes or no to it. */
export const QuoteRead = ({ quote, detail, onAnew, onClose }: Props) => {
  const { t, intl } = useWords();
  const may = useMay();
  const { run, busy, problem } = useRepairDeed(detail);
  const [asked, setAsked] = useState<'yes' | 'no' | null>(null);
  const [said, setSaid] = useState({ byName: detail.customer.displayName, reason: '' });
  const open = quote.state === 'offered' && may('repair.work');
  const decide = async () => {
    const { byName, reason } = said;
    const deed = () =>
      asked === 'yes'
        ? approveQuote(quote.id, { byName: byName.trim(), hash: quote.hash ?? '' })
        : declineQuote(quote.id, { byName: byName.trim(), reason: reason.trim() });
    if (await run(deed)) onClose();
  };
  return (
    <div className={forms.form}>
      <Lines quote={quote} />
      <QuoteSum {...quote} />
      {quote.cover ? <p>{t('quote.covered', { months: quote.cover.months, what: quote.cover.what })}</p> : null}
      {quote.state === 'offered' && quote.validUntil ? (
        <p className={styles.told}>
          {t('quote.holds', { moment: moment(intl, quote.validUntil) })}
          {quote.nudges > 0 ? ` · ${t('quote.nudged', { count: quote.nudges })}` : ''}
        </p>
      ) : null}
      <Decided quote={quote} />
      {asked ? (
        <Form
          deed={t(asked === 'yes' ? 'quote.approve' : 'quote.decline')}
          {...{ busy, problem }}
          disabled={said.byName.trim() === '' || (asked === 'no' && said.reason.trim() === '')}
          onCancel={() => setAsked(null)}
          onSubmit={decide}
        >
          <label className={forms.field}>
            <span>{t('quote.by_name')}</span>
            <input
              value={said.byName}
              maxLength={200}
              onChange={(event) => setSaid({ ...said, byName: event.currentTarget.value })}
            />
            {asked === 'yes' ? <small>{t('quote.proof')}</small> : null}
          </label>
          {asked === 'no' ? (
            <label className={forms.field}>
              <span>{t('repairs.why')}</span>
              <input
                value={said.reason}
                maxLength={500}
                onChange={(event) => setSaid({ ...said, reason: event.currentTarget.value })}
              />
            </label>
          ) : null}
        </Form>
      ) : (
        <div className={forms.deeds}>
          {may('repair.work') ? <Button onClick={onAnew}>{t('quote.anew')}</Button> : null}
          {open ? <Button onClick={() => setAsked('no')}>{t('quote.decline')}</Button> : null}
          {open ? (
            <Button variant="filled" onClick={() => setAsked('yes')}>
              {t('quote.approve')}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
};
