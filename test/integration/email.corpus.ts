import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileStore } from '#platform';
import { Expected, type CorpusMail } from '../fixtures/email/expected.js';
import { MADE } from '../fixtures/email/made/index.js';

const CORPUS = join(import.meta.dirname, '..', 'fixtures', 'email');

/** Mails of the corpus: files with their outcome beside them, and those put together in `made`. */
async function corpus(): Promise<Map<string, CorpusMail>> {
  const found = new Map(MADE);
  for (const name of (await readdir(CORPUS)).filter((file) => file.endsWith('.eml'))) {
    const base = join(CORPUS, name.slice(0, -'.eml'.length));
    const expected = Expected.parse(JSON.parse(await readFile(`${base}.json`, 'utf8')));
    found.set(name, { raw: await readFile(`${base}.eml`), expected });
  }
  return found;
}

export const mails = await corpus();
export const names = [...mails.keys()];
export const mailOf = (name: string): CorpusMail => {
  const mail = mails.get(name);
  if (!mail) throw new Error(`no mail ${name} in the corpus`);
  return mail;
};

/** Takes files in and forgets them at once: thousands of mails leave nothing behind. */
export const forgetful: FileStore = {
  put: async (body) => {
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) size += chunk.length;
    return { key: 'k', sha256: String(size), size };
  },
  get: () => Promise.resolve(Readable.from([])),
  has: () => Promise.resolve(false),
  remove: () => Promise.resolve(),
};
