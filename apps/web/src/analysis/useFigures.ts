import { useMemo } from 'react';
import {
  amountText,
  METRIC_WORDS,
  type AnalysisMetric,
  type Figure,
  type MetricKind,
  type MetricWords,
} from '#contracts';
import { spanOf } from '../inbox/due.rules.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { changeOf } from './figure.rules.js';

const MINUTE_MS = 60_000;

/** Figures as they are read. @param currency of money */
export const useFigures = (currency: string | null = null) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  return useMemo(() => {
    const span = (minutes: number) => {
      const { unit, ...values } = spanOf(minutes * MINUTE_MS);
      return t(`span.${unit}`, values);
    };
    const value = (of: number | null, kind: MetricKind): string => {
      if (of === null) return '–';
      if (kind === 'share') return intl.formatNumber(of, { style: 'percent', maximumFractionDigits: 0 });
      if (kind === 'duration') return span(of);
      if (kind === 'money') return amountText(Math.round(of), currency ?? 'EUR', language);
      return intl.formatNumber(of, { maximumFractionDigits: kind === 'mean' ? 1 : 0 });
    };
    const change = (now: Figure, before: Figure | null, kind: MetricKind, better: 'high' | 'low' | null) => {
      const found = changeOf(now, before, kind, better);
      if (!found) return null;
      const unit = kind === 'share' ? 'points' : kind === 'count' ? 'count' : 'percent';
      return {
        ...found,
        words: found.is === 'same' ? t('analysis.same') : t(`analysis.change.${unit}`, { by: found.by }),
      };
    };
    return { value, change };
  }, [t, intl, language, currency]);
};

/** What a metric says, in the language of the screen. */
export const useMetricWords = (): ((metric: AnalysisMetric) => MetricWords) => {
  const { language } = useLanguage();
  return (metric) => METRIC_WORDS[language][metric];
};
