import type { IntlShape } from 'react-intl';
import type { CaseProof } from '#contracts';
import type { Translate } from '../i18n/Words.js';
import { clock, daysBetween, moment } from '../i18n/moments.js';

/** "by one-time code, until 12:40" */
export const howLong = ({ method, until, by }: CaseProof, t: Translate, intl: IntlShape): string | null =>
  method && until
    ? [
        t(`proof.method.${method}`),
        t('proof.until', {
          time: daysBetween(intl, new Date(), until) === 0 ? clock(intl, until) : moment(intl, until),
        }),
        by ? by.displayName : null,
      ]
        .filter(Boolean)
        .join(' · ')
    : null;
