import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { readable } from '#cases';
import { DESK, DeskAction, type StoredFile } from '#contracts';
import type { Typed } from '#handoffs';
import { DomainError } from '#platform';

/** What a form of the desk brought. */
export interface DeskForm {
  action: DeskAction | null;
  nonce: string;
  by: string;
  typed: Typed;
  files: StoredFile[];
  tooLarge: boolean;
}

/** As many as the longest form has. */
const FIELDS = 64;
const LIMITS = {
  fields: FIELDS,
  // A letter is four bytes at most, and a little is room for those who went beyond.
  fieldSize: DESK.textLength * 4 + 1024,
  files: DESK.files,
  fileSize: DESK.fileBytes + 1,
  parts: FIELDS + DESK.files,
};
const NAME = /^[A-Za-z]+\d?$/u;

const TOO_LARGE = new Set(['FST_FILES_LIMIT', 'FST_PARTS_LIMIT', 'FST_FIELDS_LIMIT', 'FST_REQ_FILE_TOO_LARGE']);

/**
 * Reads the form as it arrives; files go to storage one after the other and never lie in memory.
 * @param keep puts one file away
 */
export async function readDeskForm(
  request: FastifyRequest,
  keep: (file: MultipartFile) => Promise<StoredFile>,
): Promise<DeskForm> {
  const form: DeskForm = { action: null, nonce: '', by: '', typed: {}, files: [], tooLarge: false };
  if (!request.isMultipart()) return form;
  try {
    for await (const part of request.parts({ limits: LIMITS })) {
      if (part.type === 'file') await take(form, part, keep);
      else if (typeof part.value === 'string' && NAME.test(part.fieldname))
        form.typed[part.fieldname] = readable(part.value).replaceAll('\r\n', '\n').trim();
    }
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    form.tooLarge = true;
    // What is still on its way is read and dropped: the answer reaches whoever is still sending.
    request.raw.unpipe().resume();
  }
  const { nonce = '', action, by = '', ...typed } = form.typed;
  return {
    ...form,
    action: DeskAction.safeParse(action).data ?? null,
    nonce,
    by: by.slice(0, 120),
    typed: { ...typed, by },
  };
}

async function take(form: DeskForm, part: MultipartFile, keep: (file: MultipartFile) => Promise<StoredFile>) {
  // A form sends an empty part where no file was chosen.
  if (!part.filename) part.file.resume();
  else form.files.push(await keep(part));
}

function isTooLarge(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === 'attachment.too_large';
  return error instanceof Error && 'code' in error && TOO_LARGE.has(String(error.code));
}
