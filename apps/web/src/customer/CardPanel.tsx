import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PenLine } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail, CustomerCard, Tier } from '#contracts';
import { Avatar } from '../app/Avatar.js';
import { TierGlyph } from '../app/glyphs.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { CardFacts } from './CardFacts.js';
import { cardQuery } from './cardRequests.js';
import { hoursText, money } from './cardWords.js';
import styles from './Card.module.css';

const PreferencesDialog = lazy(() => import('./PreferencesDialog.js'));

interface Person {
  id: string;
  displayName: string;
  tier: Tier;
}

/** Who it is in one line: tier, years, what they pay a month. */
export const CardHead = ({ customer, linked }: { customer: Person; linked: boolean }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const card = useQuery(cardQuery(customer.id)).data;
  const monthly = card?.value.mid ?? card?.value.short ?? null;
  const tier = card?.tier.tier ?? customer.tier;
  return (
    <div className={styles.person}>
      <Avatar name={customer.displayName} size={40} />
      <div>
        <h2>
          {linked ? (
            <Link to="/customers/$id" params={{ id: customer.id }} title={t('card.open')}>
              {customer.displayName}
            </Link>
          ) : (
            customer.displayName
          )}
        </h2>
        <p>
          <TierGlyph tier={tier} label="" />
          <span title={card?.tier.words[language]}>{t(`tier.${tier}`)}</span>
          {card && card.years !== null ? <span>· {t('card.years', { count: card.years })}</span> : null}
          {monthly ? <span>· {t('card.monthly', { amount: money(intl, monthly, t) })}</span> : null}
        </p>
      </div>
    </div>
  );
};

const Preferred = ({ card, detail }: { card: CustomerCard; detail: CaseDetail | undefined }) => {
  const { t } = useWords();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const { channel, hours, language, languageKnown, formality } = card.preferences;
  const said = [
    channel ? t(`prefer.channel.${channel}`) : t('prefer.channel.any'),
    hours ? hoursText(hours, t) : t('prefer.hours.any'),
    t(`prefer.language.${language}`) + (languageKnown ? '' : ` (${t('prefer.language.unknown')})`),
    ...(formality ? [t(`prefer.formality.${formality}`)] : []),
  ];
  return (
    <div className={styles.preferred}>
      <p>
        <span className={styles.label}>{t('prefer.channel')}</span> {said.join(' · ')}
      </p>
      {may('customer.prefer') ? (
        <button
          type="button"
          className={styles.edit}
          aria-label={t('prefer.edit')}
          title={t('prefer.edit')}
          onClick={() => setEditing(true)}
        >
          <PenLine size={14} aria-hidden />
        </button>
      ) : null}
      {editing ? (
        <Suspense>
          <PreferencesDialog card={card} detail={detail} onClose={() => setEditing(false)} />
        </Suspense>
      ) : null}
    </div>
  );
};

interface PanelProps {
  customerId: string;
  /** Their case, where one is at one: who they are is proven in it. */
  detail?: CaseDetail | undefined;
}

/** What is known of a customer beside their cases: what matters in sight, the rest folded. */
export const CardPanel = ({ customerId, detail }: PanelProps) => {
  const { t } = useWords();
  const found = useQuery(cardQuery(customerId));
  const card = found.data;
  if (found.isError) return <Trouble what={t('card.error')} error={found.error} onRetry={() => void found.refetch()} />;
  if (!card) return <div className={styles.waiting} aria-busy aria-label={t('card.title')} role="group" />;
  return (
    <div className={styles.card} role="group" aria-label={t('card.title')}>
      <Preferred card={card} detail={detail} />
      {card.said.length === 0 ? <p className={styles.none}>{t('card.none')}</p> : <CardFacts card={card} />}
    </div>
  );
};
