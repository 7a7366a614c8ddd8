/** What a person at the counter types, understood as far as it can be without asking the server. */

/** Ways to reach somebody, as typed. */
export interface StatedReach {
  email: string;
  phone: string;
  twitterHandle: string;
}
export interface StatedPerson extends StatedReach {
  displayName: string;
}

export const NO_REACH: StatedReach = { email: '', phone: '', twitterHandle: '' };

/** What was typed of them, as the server takes it; undefined when nothing was. */
export const statedReach = (reach: StatedReach): Partial<StatedReach> | undefined => {
  const stated = Object.entries({ ...reach, twitterHandle: reach.twitterHandle.trim().replace(/^@/, '') })
    .map(([way, text]) => [way, text.trim()] as const)
    .filter(([, text]) => text !== '');
  return stated.length > 0 ? Object.fromEntries(stated) : undefined;
};

/** Puts what was looked for into the field it belongs to, so that nobody types it twice. */
export const personFrom = (looked: string): StatedPerson => {
  const text = looked.trim();
  const nobody = { displayName: '', ...NO_REACH };
  if (text.startsWith('@')) return { ...nobody, twitterHandle: text.slice(1) };
  if (text.includes('@')) return { ...nobody, email: text };
  if (/^\+?[\d\s().-]{6,}$/.test(text)) return { ...nobody, phone: text };
  if (/^h-/i.test(text)) return nobody;
  return { ...nobody, displayName: text };
};

/** Luhn over 15 digits, as every IMEI is built. Spaces and dashes do not count; empty is not asked for. */
export const isImei = (text: string): boolean => {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{15}$/.test(digits)) return false;
  const sum = [...digits].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

/** In the groups people read it in: "35 693803 564380 9". */
export const groupedImei = (text: string): string => {
  const digits = text.replace(/\D/g, '').slice(0, 15);
  return [digits.slice(0, 2), digits.slice(2, 8), digits.slice(8, 14), digits.slice(14)].filter(Boolean).join(' ');
};
