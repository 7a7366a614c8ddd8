import type { BenefitKind, BenefitValues, Privilege, VoucherPurpose } from './benefits.js';
import { amountText } from './money.rules.js';
import type { Language } from './words.js';

/** The words of what somebody is given: the same to whoever handles the case, to the customer and to auditors. */

const PURPOSES: Record<Language, Record<VoucherPurpose, string>> = {
  es: { calls: 'llamadas', data: 'datos', accessory: 'accesorios', purchase: 'compras', other: 'lo que elija' },
  en: { calls: 'calls', data: 'data', accessory: 'accessories', purchase: 'purchases', other: 'whatever they choose' },
};

const PRIVILEGES: Record<Language, Record<Privilege, string>> = {
  es: {
    named_contact: 'Una persona de contacto con nombre',
    call_back: 'Llamada a la hora acordada',
    home_pickup: 'Recogida en casa',
  },
  en: {
    named_contact: 'A contact person with a name',
    call_back: 'A call at an agreed time',
    home_pickup: 'Pick-up at home',
  },
};

const number = (value: number, language: Language): string =>
  new Intl.NumberFormat(language === 'es' ? 'es-ES' : 'en-GB', { maximumFractionDigits: 2 }).format(value);

const money = ({ amountCents, currency }: BenefitValues, language: Language): string =>
  amountCents === undefined || currency === undefined ? '' : amountText(amountCents, currency, language);

const ES: Record<BenefitKind, (values: BenefitValues) => string> = {
  fee_discount: ({ percent = 0, line }) => `${number(percent, 'es')} % menos de cuota${line ? ` (${line})` : ''}`,
  voucher: (values) => `Bono de ${money(values, 'es')} para ${PURPOSES.es[values.purpose ?? 'other']}`,
  repair_contribution: (values) => `${money(values, 'es')} para la reparación`,
  points: ({ points = 0 }) => `${number(points, 'es')} puntos`,
  privilege: ({ privilege = 'named_contact', personName, place }) =>
    [PRIVILEGES.es[privilege], personName ?? place].filter(Boolean).join(': '),
};

const EN: Record<BenefitKind, (values: BenefitValues) => string> = {
  fee_discount: ({ percent = 0, line }) => `${number(percent, 'en')}% off the fee${line ? ` (${line})` : ''}`,
  voucher: (values) => `Voucher of ${money(values, 'en')} for ${PURPOSES.en[values.purpose ?? 'other']}`,
  repair_contribution: (values) => `${money(values, 'en')} towards the repair`,
  points: ({ points = 0 }) => `${number(points, 'en')} points`,
  privilege: ({ privilege = 'named_contact', personName, place }) =>
    [PRIVILEGES.en[privilege], personName ?? place].filter(Boolean).join(': '),
};

/** What it is, in a few words: `70 % menos de cuota`, `Voucher of €10.00 for calls`. */
export const benefitText = (kind: BenefitKind, values: BenefitValues, language: Language): string =>
  (language === 'es' ? ES : EN)[kind](values);

/** How a benefit is told of in the story: that it was decided, or what is owed of it. */
export function benefitFact(values: Record<string, unknown>, language: Language): string {
  const { kind, owedCents } = values as { kind: BenefitKind; owedCents?: number };
  const what = benefitText(kind, values, language);
  const currency = typeof values['currency'] === 'string' ? values['currency'] : 'EUR';
  if (typeof owedCents !== 'number') return what;
  const owed = amountText(owedCents, currency, language);
  return language === 'es' ? `${owed} en la próxima factura (${what})` : `${owed} on the next bill (${what})`;
}
