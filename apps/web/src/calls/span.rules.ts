import type { Translate } from '../i18n/Words.js';

/** How long a call took: "45 s", "4 min", "1 h 5 min". */
export const spanText = (seconds: number, t: Translate): string => {
  if (seconds < 60) return t('call.seconds', { count: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('span.minutes', { count: minutes });
  return t('span.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
};
