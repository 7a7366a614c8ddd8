import type { TrackedEntry } from '#views';
import { markup, type Markup } from './html.js';
import type { Scene } from './scene.js';
import { fill } from './words.js';

/** Letters of one entry that are shown; a customer has the rest where it was said. */
const TEXT_SHOWN = 4_000;
/** And so many are read for what must not be shown: what is masked gets shorter, a mail can have megabytes. */
const TEXT_READ = 20_000;
/** Bytes of conversation one page carries at most: with all else it stays far below 100 kB. */
const TALK_BYTES = 40_000;
/** What an entry weighs beside its words. */
const ENTRY_BYTES = 300;
const FILE_BYTES = 260;

/** As it is written: a quotation mark takes six bytes. */
const bytesOf = (text: string): number => Buffer.byteLength(markup`${text}`.text);

const weightOf = ({ text, files }: TrackedEntry): number =>
  ENTRY_BYTES +
  bytesOf(text.slice(0, TEXT_SHOWN)) +
  files.reduce((all, { fileName }) => all + FILE_BYTES + bytesOf(fileName), 0);

/** The newest entries that fit on one page, newest first; at least one. */
export function fitting(entries: readonly TrackedEntry[]): TrackedEntry[] {
  let room = TALK_BYTES;
  return entries.filter((entry, at) => {
    room -= weightOf(entry);
    return at === 0 || room >= 0;
  });
}

const MEGABYTE = 1024 * 1024;
const sizeOf = (bytes: number, language: string): string => {
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  return bytes < MEGABYTE ? `${number(Math.max(1, bytes / 1024), 0)} kB` : `${number(bytes / MEGABYTE, 1)} MB`;
};

function speaker({ words }: Scene, { by, author }: TrackedEntry): string {
  if (by === 'us') return author || words.us;
  if (by === 'noted') return author ? fill(words.noted, { name: author }) : words.you;
  return by === 'you' ? words.you : words.somebody;
}

function textOf({ words }: Scene, { text, call }: TrackedEntry): string {
  if (text || !call) return text;
  return call.direction === 'inbound' && call.outcome !== 'answered' ? words.missed : words.call[call.outcome];
}

function entryOf(scene: Scene, entry: TrackedEntry): Markup {
  const { words, moments, mask, state } = scene;
  const whole = textOf(scene, entry);
  const where = [entry.store ?? (entry.channel ? words.channel[entry.channel] : null), moments.moment(entry.at)];
  const files = entry.files.map(
    ({ id, fileName, size }) =>
      markup`<li><a href="${state.path}/files/${id}">${fileName}</a> · ${sizeOf(size, state.language)}</li>`,
  );
  const cut = whole.length > TEXT_SHOWN && entry.channel;
  return markup`<li id="e-${entry.id}" ${entry.by === 'us' ? null : markup` class="you"`}><div class="w"><b>${speaker(scene, entry)}</b> · ${where.filter(Boolean).join(' · ')}</div>${whole ? markup`<p>${mask(whole.slice(0, TEXT_READ)).slice(0, TEXT_SHOWN)}</p>` : null}${cut ? markup`<p class="c">${fill(words.cut, { channel: words.channel[cut] })}</p>` : null}${
    files.length > 0 ? markup`<ul>${files}</ul>` : null
  }</li>`;
}

/**
 * What was said, oldest first: exactly what is for the customer. It opens by itself while older messages are read.
 * @param entries that fit, newest first
 */
export function talkOf(scene: Scene, entries: readonly TrackedEntry[]): Markup {
  const { words, state } = scene;
  const link = (query: string, text: string) =>
    markup`<a href="${state.path}?lang=${state.language}${query}#talk">${text}</a>`;
  const ways = markup`${state.older ? link(`&before=${state.older}`, words.older) : null}${state.paged ? link('', words.newest) : null}`;
  const said =
    entries.length > 0
      ? markup`<ol class="talk">${entries.toReversed().map((entry) => entryOf(scene, entry))}</ol>`
      : markup`<p>${words.noTalk}</p>`;
  return markup`<section class="bx" id="talk"><details${state.paged ? markup` open` : null}><summary><h2>${words.talk}</h2><span class="n">${entries.length}${state.older ? '+' : ''}</span></summary>${state.older || state.paged ? markup`<nav class="nav" aria-label="${words.talk}">${ways}</nav>` : null}${said}</details></section>`;
}
