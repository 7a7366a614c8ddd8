import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { TELL_MORE, type StoredFile } from '#contracts';
import { DomainError } from '#platform';

/** What a form of the page brought, or why it cannot be taken. */
export interface Form {
  nonce: string;
  text: string;
  photos: StoredFile[];
  outcome: 'read' | 'tooLarge' | 'notPhotos';
}

const LIMITS = {
  fields: 4,
  // A letter is four bytes at most, and a little is room for those who went beyond.
  fieldSize: TELL_MORE.textLength * 4 + 1024,
  files: TELL_MORE.photos,
  fileSize: TELL_MORE.photoBytes + 1,
  parts: TELL_MORE.photos + 4,
};

const TOO_LARGE = new Set(['FST_FILES_LIMIT', 'FST_PARTS_LIMIT', 'FST_FIELDS_LIMIT', 'FST_REQ_FILE_TOO_LARGE']);

/**
 * Reads the form as it arrives; photos go to storage one after the other and never lie in memory.
 * @param keep puts one photo away
 */
export async function readForm(
  request: FastifyRequest,
  keep: (file: MultipartFile) => Promise<StoredFile>,
): Promise<Form> {
  const form: Form = { nonce: '', text: '', photos: [], outcome: 'read' };
  if (!request.isMultipart()) return { ...form, outcome: 'tooLarge' };
  try {
    for await (const part of request.parts({ limits: LIMITS })) {
      if (part.type === 'file') await take(form, part, keep);
      else if (typeof part.value === 'string' && (part.fieldname === 'text' || part.fieldname === 'nonce'))
        form[part.fieldname] = part.value.replaceAll('\r\n', '\n').trim();
    }
  } catch (error) {
    form.outcome = reasonOf(error);
    // What is still on its way is read and dropped: the answer reaches whoever is still sending.
    request.raw.unpipe().resume();
  }
  if (form.text.length > TELL_MORE.textLength) form.outcome = 'tooLarge';
  return form;
}

async function take(form: Form, part: MultipartFile, keep: (file: MultipartFile) => Promise<StoredFile>) {
  // A form sends an empty part where no file was chosen.
  if (!part.filename) part.file.resume();
  else form.photos.push(await keep(part));
}

function reasonOf(error: unknown): 'tooLarge' | 'notPhotos' {
  if (error instanceof DomainError && error.code === 'visit.photos_only') return 'notPhotos';
  if (error instanceof DomainError && error.code === 'attachment.too_large') return 'tooLarge';
  if (error instanceof Error && 'code' in error && TOO_LARGE.has(String(error.code))) return 'tooLarge';
  throw error;
}
