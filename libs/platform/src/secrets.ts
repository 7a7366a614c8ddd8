import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from './config.js';

const CIPHER = 'aes-256-gcm';
const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 12, 16];

/**
 * What `HILO_SECRET` is used for: keeping others' secrets unreadable in the database, and signing what we hand out. Each
 * purpose has a key of its own (HKDF, RFC 5869): what was made for one is worthless for another.
 */
@Injectable()
export class Secrets {
  private readonly keys = new Map<string, Buffer>();

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'secret'>) {}

  /** Encrypts (AES-256-GCM). @returns base64url of nonce, tag and cipher text; another one each time */
  seal(purpose: string, plain: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key(`seal:${purpose}`), nonce);
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** @throws Error when it was changed, or sealed for another purpose or with another secret */
  open(purpose: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const cipher = createDecipheriv(CIPHER, this.key(`seal:${purpose}`), bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    cipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]).toString('utf8');
  }

  /** HMAC-SHA256 of the text. @param bytes how much of it is used; at least 8 */
  sign(purpose: string, text: string, bytes = 32): Buffer {
    return createHmac('sha256', this.key(`sign:${purpose}`))
      .update(text)
      .digest()
      .subarray(0, Math.max(8, bytes));
  }

  /** Whether `signature` is what `sign` gives for that many bytes, in constant time. */
  isSigned(purpose: string, text: string, signature: Buffer): boolean {
    if (signature.length < 8 || signature.length > 32) return false;
    return timingSafeEqual(this.sign(purpose, text, signature.length), signature);
  }

  private key(purpose: string): Buffer {
    const known = this.keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.config.secret, 'hilo', purpose, KEY_BYTES));
    this.keys.set(purpose, key);
    return key;
  }
}
