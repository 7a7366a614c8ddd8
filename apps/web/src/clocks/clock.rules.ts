import type { ClockMetric } from '#contracts';
import type { Translate } from '../i18n/Words.js';

const OF_PARTNERS = ['partner_acknowledge', 'partner_answer', 'partner_return'] as const;

/** What a clock measures; of a partner: whose it is. */
export function clockName(t: Translate, metric: ClockMetric, partner: string | null | undefined): string {
  const theirs = OF_PARTNERS.find((one) => one === metric);
  return theirs && partner ? t(`clock.${theirs}.of`, { partner }) : t(`clock.${metric}`);
}
