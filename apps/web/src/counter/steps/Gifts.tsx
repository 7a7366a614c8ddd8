import { BadgeCheck, Hourglass } from 'lucide-react';
import { useState } from 'react';
import { benefitText, type Benefit } from '#contracts';
import { centsTyped, typedOf } from '../../goodwill/typed.rules.js';
import { useLanguage, useWords } from '../../i18n/Words.js';
import { useField } from '../keep/useIntake.js';
import pieces from '../pieces/Pieces.module.css';
import { Checks } from '../pieces/Toggles.js';
import { feeOf, feeSaid, giftOf, withFee } from './gifts.rules.js';
import { useGifts } from './useGifts.js';
import styles from '../Counter.module.css';

/** The discount that proposes itself: told here, given with a tap, and on the receipt. */
export const Gifts = () => {
  const { t } = useWords();
  const { language } = useLanguage();
  const gifts = useGifts();
  const [, write] = useField('give.benefits');
  const [typing, setTyping] = useState<string | null>(null);
  if (!gifts || gifts.proposed.length + gifts.standing.length === 0) return null;
  const { benefits, proposed, standing, taken, waiting } = gifts;
  // Nobody knows what they pay: it has to be said before a share of it can be given.
  const unknown = proposed.filter((one) => one.kind === 'fee_discount' && feeOf(one, benefits.fees) === null);
  const feeCurrency = unknown[0]?.currency ?? benefits.left.currency;
  const given = feeSaid(unknown, taken);
  const typed = typing ?? (given ? typedOf(given.monthlyFeeCents, given.currency) : '');
  const feeOfText = (text: string) => {
    const monthlyFeeCents = centsTyped(text, feeCurrency);
    return monthlyFeeCents ? { monthlyFeeCents, currency: feeCurrency } : null;
  };
  const takenOf = (one: Benefit) => giftOf(one, benefits.fees, feeOfText(typed) ?? given);
  const type = (text: string) => {
    setTyping(text);
    const fee = feeOfText(text);
    if (fee && given) write(withFee(taken, unknown, fee));
  };
  const change = (ids: string[]) => {
    // What was said of the fee outlives the discount that is taken back.
    setTyping(typed);
    write(proposed.filter(({ id }) => ids.includes(id)).flatMap((one) => takenOf(one) ?? []));
  };
  const offered = proposed.filter((one) => takenOf(one) !== null || taken.some(({ id }) => id === one.id));
  const aside = (one: Benefit) =>
    waiting.has(one.id) ? t('gift.needs') : one.rule ? t('gift.by_rule', { rule: one.rule.name }) : undefined;
  return (
    <section className={styles.stack} aria-label={t('gift.title')}>
      <h2 className={styles.sub}>{t('gift.title')}</h2>
      <p className={styles.lead}>
        {benefits.without ? t('gift.without', { days: benefits.without.days }) : t('gift.lead')}
      </p>
      {standing.map(({ id, kind, values, state }) => (
        <div key={id} className={styles.note}>
          {state === 'proposed' ? <Hourglass size={24} aria-hidden /> : <BadgeCheck size={24} aria-hidden />}
          <span>
            <b>{benefitText(kind, values, language)}</b>
            <small>{t(state === 'proposed' ? 'gift.waits' : 'gift.stands')}</small>
          </span>
        </div>
      ))}
      {unknown.length > 0 ? (
        <label className={pieces.field}>
          <span className={pieces.label}>{t('benefit.fee', { currency: feeCurrency })}</span>
          <small>{t('gift.fee.lead', { what: benefitText('fee_discount', unknown[0]?.values ?? {}, language) })}</small>
          <input
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={(event) => type(event.currentTarget.value)}
            // What is no amount is not what is given.
            onBlur={() => (given ? setTyping(null) : undefined)}
          />
        </label>
      ) : null}
      {offered.length > 0 ? (
        <Checks
          legend={t('gift.proposed')}
          values={taken.map(({ id }) => id)}
          choices={offered.map((one) => ({
            value: one.id,
            words: benefitText(one.kind, one.values, language),
            aside: aside(one),
          }))}
          onChange={change}
        />
      ) : null}
    </section>
  );
};
