import { Lock } from 'lucide-react';
import type { CustomerCard, Said } from '#contracts';
import { useLanguage, useWords } from '../i18n/Words.js';
import { day, whole } from '../i18n/moments.js';
import { dayOf, money } from './cardWords.js';
import styles from './Card.module.css';

/** Which system says so, and when it was so. */
const SaidBy = ({ said }: { said: Said }) => {
  const { t, intl } = useWords();
  const title = t('card.said.title', { source: said.source, number: said.number, time: whole(intl, said.asOf) });
  return (
    <small className={styles.said} title={title}>
      {t('card.said', { source: said.source, time: day(intl, said.asOf) })}
    </small>
  );
};

/** Each horizon by itself; what is not known says so. */
const Value = ({ value }: Pick<CustomerCard, 'value'>) => {
  const { t, intl } = useWords();
  return (
    <>
      <dt>{t('card.value')}</dt>
      <dd>
        {(['short', 'mid', 'long'] as const).map((horizon) => (
          <span key={horizon} className={styles.amount} data-unknown={value[horizon] === null || undefined}>
            <small>{t(`card.value.${horizon}`)}</small> {money(intl, value[horizon], t)}
          </span>
        ))}
      </dd>
    </>
  );
};

const Balances = ({ card }: { card: CustomerCard }) => {
  const { t, intl } = useWords();
  if (card.balances.length === 0) return null;
  const tell = card.tell.allowed ? 'card.tell.yes' : card.openCase ? 'card.tell.no' : 'card.tell.no.case';
  return (
    <>
      <dt>{t('card.balance')}</dt>
      <dd>
        {card.balances.map(({ points, benefits, said }) => (
          <span key={said.number} className={styles.amount}>
            {[
              points === null ? '' : t('card.points', { count: points }),
              benefits === null ? '' : t('card.benefits', { amount: money(intl, benefits, t) }),
            ]
              .filter(Boolean)
              .join(' · ')}
            {card.said.length > 1 ? <SaidBy said={said} /> : null}
          </span>
        ))}
        <small className={styles.tell} data-held={!card.tell.allowed || undefined}>
          {card.tell.allowed ? null : <Lock size={12} aria-hidden />} {t(tell)}
        </small>
      </dd>
    </>
  );
};

/** Plan, what binds them, devices, value and balances: dense, and each with where it comes from. */
export const CardFacts = ({ card }: { card: CustomerCard }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { plans, commitments, devices } = card;
  return (
    <>
      {commitments.length > 0 || card.commitmentsKnown ? (
        <ul className={styles.commitments} aria-label={t('card.commitments')}>
          {commitments.length === 0 && card.commitmentsKnown ? <li data-free>{t('card.commitments.none')}</li> : null}
          {commitments.map(({ name, until, over, words }) => (
            <li key={`${name} ${until}`} data-free={over || undefined}>
              {words[language]}
            </li>
          ))}
        </ul>
      ) : null}
      <dl className={styles.facts}>
        {plans.map(({ name, lines, said }) => (
          <div key={said.number} className={styles.pair}>
            <dt>{t('card.plan')}</dt>
            <dd>
              {name}
              {lines ? ` · ${t('card.lines', { count: lines })}` : ''}
            </dd>
          </div>
        ))}
        {devices.map(({ imei, model, since }) => (
          <div key={imei} className={styles.pair}>
            <dt>{t('card.device')}</dt>
            <dd>
              {model ?? imei}
              <small className={styles.said}>
                {model ? `IMEI ${imei}` : ''} {since ? t('card.device_since', { date: dayOf(intl, since) }) : ''}
              </small>
            </dd>
          </div>
        ))}
      </dl>
      <details className={styles.more}>
        <summary>{t('card.more')}</summary>
        <dl className={styles.facts}>
          <dt>{t('card.since')}</dt>
          <dd>{card.since ? dayOf(intl, card.since) : t('card.unknown')}</dd>
          <Value value={card.value} />
          <Balances card={card} />
        </dl>
        <p className={styles.why}>{card.tier.words[language]}</p>
      </details>
      {card.said.map((said) => (
        <p key={said.number} className={styles.origin}>
          <SaidBy said={said} />
        </p>
      ))}
    </>
  );
};
