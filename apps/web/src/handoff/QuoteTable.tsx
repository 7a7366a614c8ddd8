import { amountText, type PartnerQuote } from '#contracts';
import { useLanguage, useWords } from '../i18n/Words.js';
import { quoteTotals } from './handoff.rules.js';
import styles from './Handoff.module.css';

/** What they ask for each piece; struck through, what it has on their list. */
export const QuoteTable = ({ quote }: { quote: PartnerQuote }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const money = (cents: number) => amountText(cents, quote.currency, language);
  const { list, price } = quoteTotals(quote);
  const cells = (listed: number, asked: number) => (
    <td>
      {listed > asked ? (
        <>
          <s>
            <span className="visually-hidden">{t('quote.line.list')} </span>
            {money(listed)}
          </s>{' '}
        </>
      ) : null}
      {money(asked)}
    </td>
  );
  return (
    <table className={styles.quote} aria-label={t('repairs.quote')}>
      <tbody>
        {quote.lines.map(({ description, quantity, listCents, priceCents }, place) => (
          <tr key={place}>
            <th scope="row">
              {quantity > 1 ? `${quantity} × ` : ''}
              {description}
            </th>
            {cells(quantity * listCents, quantity * priceCents)}
          </tr>
        ))}
      </tbody>
      {quote.lines.length > 1 ? (
        <tfoot>
          <tr>
            <th scope="row">{t('handoff.quote.total')}</th>
            {cells(list, price)}
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
};
