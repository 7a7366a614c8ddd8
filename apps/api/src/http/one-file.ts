import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '#platform';

/**
 * The one file of a form.
 * @param maxBytes where it is cut off (`truncated`); the limit of uploads when left out
 * @throws DomainError request.invalid when there is none, or when it is no form
 */
export async function fileOf(request: FastifyRequest, maxBytes?: number): Promise<MultipartFile> {
  const limits = maxBytes === undefined ? undefined : { limits: { fileSize: maxBytes } };
  const file = await request.file(limits).catch((error: unknown) => {
    throw error instanceof Error && 'statusCode' in error ? error : badForm(error);
  });
  if (!file) throw new DomainError('request.invalid', [{ path: 'file', message: 'a file is needed' }]);
  return file;
}

/** The form ends in the middle, or never was one. */
export const badForm = (error: unknown): DomainError =>
  new DomainError('request.invalid', [{ path: '', message: error instanceof Error ? error.message : String(error) }]);
