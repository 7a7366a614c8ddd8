import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '#platform';

/** Letters and digits nobody takes for one another (Crockford). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BYTES = 10;

/** Eighty bits as sixteen signs, in fours. */
function written(bytes: Buffer): string {
  const bits = BigInt(`0x${bytes.toString('hex')}`);
  const signs = Array.from({ length: 16 }, (_, n) => LETTERS[Number((bits >> BigInt(5 * (15 - n))) & 31n)] ?? '');
  return [0, 4, 8, 12].map((at) => signs.slice(at, at + 4).join('')).join('-');
}

/** SHA-256 of the signs without what stands between them, in capitals: what the voucher system knows a code by. */
export const codeHash = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^0-9A-Z]/gu, ''))
    .digest();

/**
 * Codes of vouchers. One is made of the id of its benefit and the secret of the house, so that however often it is issued it
 * is the same one, and nothing that could be redeemed stands in the database: only its hash does.
 */
@Injectable()
export class VoucherCodes {
  constructor(private readonly secrets: Secrets) {}

  make(benefitId: string): { code: string; hash: Buffer; ends: string } {
    const code = written(this.secrets.sign('voucher', benefitId, BYTES));
    return { code, hash: codeHash(code), ends: code.slice(-4) };
  }
}
