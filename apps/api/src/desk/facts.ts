import { FACT_QUESTIONS, FactKind, ImpactKind, Language } from '#contracts';
import type { DeskFile } from '#handoffs';
import { markup, type Markup } from '../tracking/html.js';
import type { DeskScene } from './scene.js';

/** What stands in the document, section by section; what is not shared or not known has none. */
export const sectionsOf = (scene: DeskScene): Markup =>
  markup`${sheetOf(scene)}${files(scene)}<p class="hint gap">${scene.words.withheld}</p>`;

/** The same on paper: without what can be fetched. */
export const sheetOf = (scene: DeskScene): Markup =>
  markup`${device(scene)}${problem(scene)}${form(scene)}${story(scene)}${papers(scene)}${customer(scene)}`;

type Row = [term: string, text: string | null | undefined];

const rowsOf = (rows: Row[]): Markup =>
  markup`<dl class="kv">${rows.filter(([, text]) => text).map(([term, text]) => markup`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;

const isThere = (rows: Row[]): boolean => rows.some(([, text]) => text);

const section = (id: string, title: string, body: Markup): Markup =>
  markup`<section class="bx" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;

function device({ view: { document }, words }: DeskScene): Markup | null {
  const { model, imei, condition, lock, fault } = document.device;
  const { device: names } = words;
  const rows: Row[] = [
    [names.model, model],
    [names.imei, imei],
    [names.condition, condition],
    [names.lock, lock],
    [names.fault, fault],
  ];
  return isThere(rows) ? section('device', words.section.device, rowsOf(rows)) : null;
}

function customer({ view: { document }, words }: DeskScene): Markup | null {
  const { name, phone, email, language } = document.customer;
  const spoken = Language.safeParse(language).data;
  const rows: Row[] = [
    [words.customer.name, name],
    [words.customer.phone, phone],
    [words.customer.email, email],
    [words.customer.language, spoken && words.language[spoken]],
  ];
  return isThere(rows) ? section('customer', words.section.customer, rowsOf(rows)) : null;
}

function problem({ view: { document }, words }: DeskScene): Markup | null {
  const { problems, impacts } = document;
  if (problems.length + impacts.length === 0) return null;
  const lost = impacts.map((one) => {
    const kind = ImpactKind.safeParse(one).data;
    return markup`<li><span>${kind ? words.impact[kind] : one}</span></li>`;
  });
  return section(
    'problem',
    words.section.problem,
    markup`${problems.map((one) => markup`<p>${one}</p>`)}${lost.length > 0 ? markup`<h3>${words.impacts}</h3><ul class="im">${lost}</ul>` : null}`,
  );
}

function form({ view, words, language, moments }: DeskScene): Markup | null {
  if (view.form.length === 0) return null;
  const textOf = ({ value, isDay }: (typeof view.form)[number]): string => {
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    return isDay ? moments.writtenDay(String(value)) : String(value);
  };
  const rows: Row[] = view.form.map((answer) => [answer.title[language], textOf(answer)]);
  return section('form', words.section.form, rowsOf(rows));
}

function story({ view: { document }, words, language, moments }: DeskScene): Markup | null {
  if (document.story.length === 0) return null;
  const facts = document.story.map(({ kind, text, at, by }) => {
    const known = FactKind.safeParse(kind).data;
    const name = known ? FACT_QUESTIONS[language][known] : kind;
    return markup`<li><small>${[name, by, moments.moment(at)].filter(Boolean).join(' · ')}</small><p>${text}</p></li>`;
  });
  return section('story', words.section.story, markup`<ol class="st">${facts}</ol>`);
}

function papers({ view: { document }, words }: DeskScene): Markup | null {
  const rows: Row[] = [
    [words.papers.warranty, document.warranty],
    [words.papers.purchase, document.purchase],
    [words.papers.consent, document.consent],
  ];
  return isThere(rows) ? section('papers', words.section.papers, rowsOf(rows)) : null;
}

const MEGABYTE = 1024 * 1024;
const sizeOf = (bytes: number, language: Language): string => {
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  return bytes < MEGABYTE ? `${number(Math.max(1, bytes / 1024), 0)} kB` : `${number(bytes / MEGABYTE, 1)} MB`;
};

/** What every browser shows, and what can do nothing but be seen. */
const SEEN = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);
export const isSeen = ({ contentType }: Pick<DeskFile, 'contentType'>): boolean => SEEN.has(contentType.toLowerCase());

/** Files by name, and above them what can be seen at a glance. */
export function filesOf(
  { path, language }: Pick<DeskScene, 'path' | 'language'>,
  all: readonly DeskFile[],
): Markup | null {
  if (all.length === 0) return null;
  const pictures = all
    .filter(isSeen)
    .map(
      ({ id, fileName }) =>
        markup`<a href="${path}/files/${id}?show=1"><img src="${path}/files/${id}?show=1" alt="${fileName}" loading="lazy" width="160" height="160"></a>`,
    );
  const names = all.map(
    ({ id, fileName, size }) =>
      markup`<li><a href="${path}/files/${id}">${fileName}</a><small>${sizeOf(size, language)}</small></li>`,
  );
  return markup`${pictures.length > 0 ? markup`<div class="ph1">${pictures}</div>` : null}<ul class="im">${names}</ul>`;
}

function files(scene: DeskScene): Markup {
  const { view, words, path, language } = scene;
  return section(
    'files',
    words.section.files,
    markup`${filesOf(scene, view.files)}<a class="btn s" href="${path}/pack?lang=${language}">${words.pack}</a><p class="hint">${words.packHint}</p>`,
  );
}
