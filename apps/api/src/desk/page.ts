import type { Contact } from '#contracts';
import { documentOf } from '../tracking/document.js';
import { markup, type Markup } from '../tracking/html.js';
import { fill } from '../tracking/words.js';
import { actionsOf } from './actions.js';
import { sectionsOf } from './facts.js';
import type { DeskScene } from './scene.js';
import { DESK_STYLE } from './style.js';
import { talkOf } from './talk.js';

/** The desk of one handoff: HTML that needs no script. */
export function deskPage(scene: DeskScene): string {
  const { view, words, language, path, brand } = scene;
  const head = markup`<header class="ph"><b>${brand}</b><span>${view.reference}</span><a href="${path}?lang=${words.other}" lang="${words.other}" hreflang="${words.other}">${words.otherName}</a></header>`;
  const body = markup`${head}<main><h1>${fill(words.headline[view.side][view.state], { brand })}</h1>${lead(scene)}${notice(scene)}${standing(scene)}<div class="g"><div class="l">${ask(scene)}</div><div class="r">${actionsOf(scene)}</div><div class="l">${isUnderWay(scene) ? [talkOf(scene), sectionsOf(scene)] : [sectionsOf(scene), talkOf(scene)]}</div></div></main>${foot(scene)}`;
  return documentOf(language, `${view.reference} · ${words.title}`, body, DESK_STYLE).replace(
    '<div class="p">',
    '<div class="p w">',
  );
}

/** Once they have said something, what was said last is what they come for. */
const isUnderWay = ({ view }: DeskScene): boolean => view.entries.some(({ ours }) => !ours);

function lead({ view, words }: DeskScene): Markup | null {
  const text = words.lead[view.side][view.state];
  return text ? markup`<p class="lead">${text}</p>` : null;
}

function notice({ became, words }: DeskScene): Markup | null {
  if (became?.kind !== 'taken') return null;
  const [look, text] = became.late ? ['no-n', words.late] : ['ok-n', words.done];
  return markup`<p class="${look}" id="said" role="status">${text}</p>`;
}

const nameOf = ({ name, phone, email }: Contact): string => [name, phone, email].filter(Boolean).join(' · ');

function standing({ view, words, moments }: DeskScene): Markup {
  const { priority, mode } = view.document;
  const urgent = priority === 'high' || priority === 'critical';
  const rows: [string, string | null, boolean?][] = [
    [words.facts.priority, words.priority[priority], urgent],
    [words.facts.mode, view.side === 'taker' ? words.mode[mode] : null],
    [words.facts.sent, moments.moment(view.sentAt)],
    [words.facts.yourNumber, view.partnerRef],
    [words.facts.engineer, view.engineer && nameOf(view.engineer)],
    [words.facts.eta, view.etaAt && moments.moment(view.etaAt)],
    [words.facts.outcome, view.outcome && words.outcome[view.outcome]],
  ];
  const known = rows.filter(([, text]) => text);
  return markup`<dl class="fx">${known.map(([term, text, hot]) => markup`<div><dt>${term}</dt><dd${hot ? markup` class="hot"` : null}>${text}</dd></div>`)}</dl>`;
}

function ask({ view, words }: DeskScene): Markup {
  const question = view.question
    ? markup`<div class="ask"><h3>${words.question[view.side]}</h3><p class="say1">${view.question}</p></div>`
    : null;
  return markup`<section class="bx" aria-labelledby="ask"><h2 id="ask">${words.ask}</h2><p class="say1">${view.document.ask}</p>${question}</section>`;
}

const foot = ({ words, moments, link }: DeskScene): Markup =>
  markup`<footer class="fo"><p>${fill(words.footer, { day: moments.date(link.expiresAt) })}</p></footer>`;
