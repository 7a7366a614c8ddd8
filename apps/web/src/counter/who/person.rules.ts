import { readImei } from '#contracts';

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
  if (readImei(text)) return nobody;
  if (/^\+?[\d\s().-]{6,}$/.test(text)) return { ...nobody, phone: text };
  if (/^h-/i.test(text)) return nobody;
  return { ...nobody, displayName: text };
};
