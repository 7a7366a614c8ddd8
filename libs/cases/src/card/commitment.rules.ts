import type { Commitment, Language } from '#contracts';
import { moneyText } from './value.rules.js';

const dayText = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));

/** What binds them, until when and what leaving today costs, in plain words. The last day still counts. */
export function commitmentWords(
  { name, until, costCents }: Commitment,
  currency: string,
  today: string,
): Record<Language, string> {
  const words = (language: Language): string => {
    const es = language === 'es';
    const end = dayText(until, language);
    if (until < today)
      return es ? `${name}: terminó el ${end}; irse no cuesta nada` : `${name}: ended on ${end}; leaving costs nothing`;
    const head = es ? `${name} hasta ${end}` : `${name} until ${end}`;
    if (costCents === null)
      return es ? `${head}: no sabemos cuánto cuesta dejarla hoy` : `${head}: what leaving today costs is unknown`;
    if (costCents === 0) return es ? `${head}: dejarla hoy no cuesta nada` : `${head}: leaving today costs nothing`;
    const cost = moneyText({ cents: costCents, currency }, language);
    return es ? `${head}: dejarla hoy cuesta ${cost}` : `${head}: leaving today costs ${cost}`;
  };
  return { es: words('es'), en: words('en') };
}
