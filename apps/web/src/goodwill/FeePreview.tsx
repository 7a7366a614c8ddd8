import { useQuery, useQueryClient } from '@tanstack/react-query';
import { amountText, type CaseBenefits } from '#contracts';
import { day } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { useNow } from '../app/now.js';
import { previewQuery } from './goodwillRequests.js';
import { nextDay, todayIn } from './typed.rules.js';
import styles from './Goodwill.module.css';

interface Props {
  caseId: string;
  percent: number;
  cents: number;
  currency: string;
}

/** What the discount comes to up to today, to the cent, by the same code that will count it. */
export const FeePreview = ({ caseId, percent, cents, currency }: Props) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [, known] = client.getQueriesData<CaseBenefits>({ queryKey: ['benefits', caseId] }).at(-1) ?? [];
  const now = useNow();
  const today = todayIn(known?.timeZone ?? 'Europe/Madrid', now);
  const from = known?.without?.from ?? today;
  const to = nextDay(today);
  const body =
    percent > 0 && from < to
      ? { kind: 'fee_discount' as const, percent, monthlyFeeCents: cents, currency, from, to }
      : null;
  const { data } = useQuery(previewQuery(body));
  if (!data) return null;
  const perDay = data.lines.at(-1)?.amountCents ?? 0;
  return (
    <p className={styles.preview} aria-live="polite">
      <b>{amountText(data.amountCents, currency, language)}</b>
      <span>
        {t('benefit.preview', {
          ...{ days: data.lines.length, from: day(intl, `${from}T12:00:00Z`) },
          perDay: amountText(perDay, currency, language),
        })}
      </span>
    </p>
  );
};
