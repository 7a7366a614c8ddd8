import { ApiFailure } from '../../api/http.js';
import type { HeldFile } from './shelf.js';

/** What the server says of a file that it will never take. */
const NO_PICTURE = new Set(['photo.unreadable', 'attachment.too_large', 'request.idempotency_mismatch']);

export const isNoPicture = (error: unknown): error is ApiFailure =>
  error instanceof ApiFailure && NO_PICTURE.has(error.code);

/** It lies here until somebody takes it away: the server has said that it takes no such picture. */
export const isRefused = ({ refused }: Pick<HeldFile, 'refused'>): boolean => refused !== undefined;
