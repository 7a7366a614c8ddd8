import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';

/** Who has taken nothing for so long is gone. */
const STALLED_MS = 30_000;
/** However slowly it is taken: nobody keeps a file for longer. */
const LONGEST_MS = 15 * 60_000;

/** A file without a name: when nobody has it open any more, it is gone, whatever becomes of this process. */
async function unnamed(): Promise<FileHandle> {
  const path = join(tmpdir(), `hilo-file-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}

/**
 * Answers with a CSV file. It is written to the end first, on disk, so that whatever is read for it is held no longer than reading
 * takes, and then sent as slowly as its reader likes. It begins with the mark by which office programs know that it is UTF-8.
 * @param write gets what takes the next lines
 * @throws what `write` throws: nothing was answered then
 */
export async function sendCsv(
  reply: FastifyReply,
  fileName: string,
  header: string,
  write: (hand: (lines: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const file = await unnamed();
  try {
    await file.appendFile(`\uFEFF${header}`);
    await write((lines) => file.appendFile(lines));
  } catch (error) {
    await file.close();
    throw error;
  }
  const body = file.createReadStream({ start: 0 });
  const away = setTimeout(() => reply.raw.destroy(), LONGEST_MS).unref();
  body.once('close', () => clearTimeout(away));
  reply.raw.setTimeout(STALLED_MS, () => reply.raw.destroy());
  await reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .send(body);
}
