import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { within } from '#platform';

/** Who has taken nothing for so long is gone: what is read for them is held no longer. */
const STALLED_MS = 30_000;

/** Writes on; waits while whoever reads is slower. @throws when they are gone */
async function handOver(file: PassThrough, text: string): Promise<void> {
  if (!file.destroyed && !file.write(text)) {
    const taken = Promise.race([once(file, 'drain'), once(file, 'close')]);
    if (!(await within(STALLED_MS, taken))) file.destroy();
  }
  if (file.destroyed) throw new Error('nobody reads this file any more');
}

/**
 * Answers with a CSV file while its lines are still being read. It begins with the mark by which office programs know that it is
 * UTF-8. What goes wrong before the first line is answered as any other error; after that the file breaks off.
 * @param write gets what takes the next lines
 */
export async function sendCsv(
  reply: FastifyReply,
  fileName: string,
  header: string,
  write: (hand: (lines: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const file = new PassThrough();
  const begun = Promise.withResolvers<undefined>();
  let lines = 0;
  const hand = async (text: string) => {
    const first = lines === 0;
    lines += 1;
    const writing = handOver(file, first ? `\uFEFF${header}${text}` : text);
    begun.resolve(undefined);
    await writing;
  };
  const ends = write(hand).then(
    () => {
      file.end(lines === 0 ? `\uFEFF${header}` : undefined);
      begun.resolve(undefined);
    },
    (error: unknown) => {
      begun.reject(error);
      file.destroy();
    },
  );
  await begun.promise;
  void reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .send(file);
  await ends;
}
