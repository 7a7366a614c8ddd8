import { Readable } from 'node:stream';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { StoredDeskFile } from '#handoffs';
import type { FileStore } from '#platform';
import { documentOf } from '../tracking/document.js';
import { markup } from '../tracking/html.js';
import { fill } from '../tracking/words.js';
import { sheetOf } from './facts.js';
import type { DeskScene } from './scene.js';
import { DESK_STYLE } from './style.js';
import { linesOf, textsOf, talkSheet } from './talk.js';

/** A name no program takes for a folder, a drive or something hidden. */
const plain = (name: string): string =>
  name
    .replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '_')
    .replace(/^\.+/u, '_')
    .slice(-120) || 'file';

/** Where each file lies in the pack: two of one name are two. */
export const placesOf = (files: readonly Pick<StoredDeskFile, 'fileName'>[]): string[] =>
  files.map(({ fileName }, at) => `files/${String(at + 1).padStart(2, '0')}-${plain(fileName)}`);

/** The story to print: the same words as the page, without its forms and links. */
export function storyOf(scene: DeskScene, files: readonly StoredDeskFile[]): string {
  const { view, words, language, brand } = scene;
  const title = fill(words.packTitle, { reference: view.reference, brand });
  const places = placesOf(files);
  const names = places.map((place) => markup`<li><span>${place}</span></li>`);
  const listed =
    names.length > 0
      ? markup`<section class="bx"><h2>${words.section.files}</h2><ul class="im">${names}</ul></section>`
      : null;
  const body = markup`<main><h1>${title}</h1><p class="lead">${view.document.ask}</p>${sheetOf(scene)}${talkSheet(scene)}${listed}</main>`;
  return documentOf(language, title, body, DESK_STYLE);
}

/** The same for a program. */
export function factsOf(scene: DeskScene, files: readonly StoredDeskFile[]): string {
  const { view } = scene;
  const places = placesOf(files);
  const place = new Map(files.map(({ id }, at) => [id, places[at] ?? '']));
  const { form: _form, files: _files, offered: _offered, lastBy: _lastBy, entries, partner, ...rest } = view;
  const all = {
    ...rest,
    partner: partner.name,
    files: files.map(({ id, fileName, contentType, size }) => ({
      id,
      fileName,
      contentType,
      size,
      place: place.get(id),
    })),
    entries: entries.map(({ files: named, ...entry }) => ({
      ...{ ...entry, lines: [...textsOf(entry.word), ...linesOf(scene, entry.word)] },
      files: named.map(({ id }) => place.get(id)),
    })),
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

/**
 * Everything in one: the story to print, the facts for a program, and the files as they are. It is written as it is read: no file
 * lies in memory, and none is fetched before the one before it has left.
 */
export const packOf = (scene: DeskScene, files: readonly StoredDeskFile[], storage: FileStore): Readable =>
  Readable.from(chunksOf(scene, files, storage), { objectMode: false });

async function* chunksOf(
  scene: DeskScene,
  files: readonly StoredDeskFile[],
  storage: FileStore,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let broken: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) broken = error;
    else ready.push(chunk);
  });
  const out = function* (): Generator<Uint8Array> {
    if (broken) throw broken;
    yield* ready.splice(0);
  };
  for (const [name, text] of [
    [`${plain(scene.view.reference)}.html`, storyOf(scene, files)],
    [`${plain(scene.view.reference)}.json`, factsOf(scene, files)],
  ] as const) {
    const part = new ZipDeflate(name, { level: 6 });
    zip.add(part);
    part.push(Buffer.from(text), true);
    yield* out();
  }
  const places = placesOf(files);
  for (const [at, { key }] of files.entries()) {
    // What is lost is left out; the list of files says what there should be.
    if (!(await storage.has(key))) continue;
    const part = new ZipPassThrough(places[at] ?? '');
    zip.add(part);
    for await (const chunk of (await storage.get(key)) as AsyncIterable<Buffer>) {
      part.push(new Uint8Array(chunk));
      yield* out();
    }
    part.push(new Uint8Array(0), true);
    yield* out();
  }
  zip.end();
  yield* out();
}
