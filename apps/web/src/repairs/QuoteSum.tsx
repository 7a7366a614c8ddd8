import { amountText, PAYERS, type Shares } from '#contracts';
import { useLanguage, useWords } from '../i18n/Words.js';
import styles from './Repairs.module.css';

interface Props {
  listCents: number;
  totalCents: number;
  shares: Shares;
  currency: string;
}

/** What a quote comes to, and who pays how much of it. */
export const QuoteSum = ({ listCents, totalCents, shares, currency }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const money = (cents: number) => amountText(cents, currency, language);
  return (
    <dl className={styles.sum}>
      {listCents > totalCents ? (
        <div>
          <dt>{t('quote.list')}</dt>
          <dd>
            <s>{money(listCents)}</s>
          </dd>
        </div>
      ) : null}
      <div>
        <dt>{t('quote.total')}</dt>
        <dd>{money(totalCents)}</dd>
      </div>
      {PAYERS.filter((payer) => payer === 'customer' || shares[payer] > 0).map((payer) => (
        <div key={payer} className={payer === 'customer' ? styles.yours : undefined}>
          <dt>{t(`quote.payer.${payer}`)}</dt>
          <dd>{money(shares[payer])}</dd>
        </div>
      ))}
    </dl>
  );
};
