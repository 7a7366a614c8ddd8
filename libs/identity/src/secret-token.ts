import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a bearer token. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of it: a leaked table opens nothing. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
