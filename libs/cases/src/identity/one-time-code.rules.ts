import { ONE_TIME_CODE } from '#contracts';

/** The six digits, when a text is nothing else; however they are grouped. */
export function codeIn(text: string): string | null {
  const digits = text.trim().replace(/[.!]$/u, '');
  return /^\d(?:[ \u00a0.-]?\d){5}$/u.test(digits) ? digits.replace(/\D/gu, '') : null;
}

/** Codes sent lately. */
export interface SentLately {
  toAddress: number;
  onCase: number;
  toCustomer: number;
  inWorkspace: number;
}

export const mayBeSent = ({ toAddress, onCase, toCustomer, inWorkspace }: SentLately): boolean =>
  toAddress < ONE_TIME_CODE.perAddress &&
  onCase < ONE_TIME_CODE.perCase &&
  toCustomer < ONE_TIME_CODE.perCustomer &&
  inWorkspace < ONE_TIME_CODE.perWorkspace;
