import {
  amountText,
  benefitText,
  CUSTOMER_STAGES,
  maskTold,
  nextActionForCustomer,
  TELL_MORE,
  type CustomerStages,
} from '#contracts';
import { maskIdentifiers, type TrackedCase, type TrackedEntry, type TrackedRepair } from '#views';
import { documentOf } from './document.js';
import { markup, Markup } from './html.js';
import { loansOf } from './loan.js';
import { Moments } from './moments.js';
import { repairsOf } from './repair.js';
import { stepsOf } from './steps.js';
import { talkOf } from './talk.js';
import { firstName, type PageState, type Scene } from './scene.js';
import { fill } from './words.js';
import { warrantiesOf } from './warranty.js';
import { WORDS } from './languages.js';

const initials = (name: string): string =>
  name
    .split(/\s+/u)
    .slice(0, 2)
    .map((word) => word.charAt(0).toLocaleUpperCase('es-ES'))
    .join('');

/** The page of a case, as its customer sees it: HTML that needs no script. */
export function trackingPage(
  tracked: TrackedCase,
  entries: readonly TrackedEntry[],
  state: PageState,
  repairs: readonly TrackedRepair[] = [],
  stages: CustomerStages = CUSTOMER_STAGES,
): string {
  const words = WORDS[state.language];
  const scene: Scene = {
    case: tracked,
    repairs,
    stages,
    words,
    state,
    moments: new Moments(state.language, state.timeZone, state.now),
    mask: (text) => maskTold(maskIdentifiers(text, tracked.identifiers), tracked.names),
  };
  const body = markup`${header(scene)}<main>${opening(scene)}${repairsOf(scene)}${loansOf(scene)}${problem(scene)}${warrantiesOf(scene)}${stepsOf(scene)}${promises(scene)}${benefits(scene)}${tellMore(scene)}${talkOf(scene, entries)}${code(scene)}</main>${footer(scene)}`;
  return documentOf(state.language, `${tracked.reference} · ${words.yourCase}`, body);
}

const header = ({ case: { reference }, words, state }: Scene): Markup =>
  markup`<header class="ph"><b>${state.brand}</b><span>${reference}</span><a href="${state.path}?lang=${words.other}" lang="${words.other}" hreflang="${words.other}">${words.otherName}</a></header>`;

function opening({ case: tracked, words, moments, state }: Scene): Markup {
  const { status, waitReason, customer, owner } = tracked;
  const waiting = status === 'waiting' ? waitReason : null;
  const headline = fill(waiting ? words.waiting[waiting] : words.headline[status], {
    name: firstName(customer.displayName),
  });
  const late = tracked.nextUpdateDueAt !== null && new Date(tracked.nextUpdateDueAt) < state.now;
  const next = tracked.nextUpdateDueAt
    ? markup` ${fill(late ? words.writesLate : words.writes, { moment: moments.before(tracked.nextUpdateDueAt) })}`
    : null;
  const doing = status === 'closed' ? null : nextIs({ case: tracked, words, moments, state });
  const who = owner
    ? markup`<span class="av" aria-hidden="true">${initials(owner)}</span><p><b>${firstName(owner)}</b>${words.owner}${doing}${next}</p>`
    : markup`<p>${tracked.team ? fill(words.team, { name: tracked.team }) : words.nobody}${doing}${next}</p>`;
  return markup`<h1>${headline}</h1><p class="lead">${waiting ? words.waitingLead[waiting] : words.lead[status]}</p><div class="own">${who}</div>${state.outcome === 'sent' ? markup`<p class="ok-n" role="status">${words.sent}</p>` : null}`;
}

/** What we do next, and by when; what a person wrote for the house is not told. */
function nextIs({
  case: { next },
  words,
  moments,
  state,
}: Pick<Scene, 'case' | 'words' | 'moments' | 'state'>): Markup {
  const action = nextActionForCustomer(next, state.language);
  const said = next.dueAt
    ? fill(words.nextDue, { action, moment: moments.before(next.dueAt) })
    : fill(words.nextIs, { action });
  return markup` ${said}`;
}

function problem({ case: { problems, impacts }, words, mask }: Scene): Markup {
  const lost = impacts.map(
    ({ kind, part, state }) =>
      markup`<li${state === 'restored' || state === 'relieved' ? markup` class="ok"` : null}><span>${part ? words.calls[part] : words.impact[kind]}</span><small>${words.state[state]}</small></li>`,
  );
  return markup`<section class="bx" aria-labelledby="problem"><h2 id="problem">${words.problem}</h2>${problems.some(Boolean) ? problems.filter(Boolean).map((one) => markup`<p>${mask(one)}</p>`) : markup`<p>${words.noProblem}</p>`}${
    lost.length > 0 ? markup`<h3>${words.missing}</h3><ul class="im">${lost}</ul>` : null
  }</section>`;
}

function promises({ case: { promises: made }, words, moments, mask }: Scene): Markup | null {
  if (made.length === 0) return null;
  const list = made.map(
    ({ text, by, dueAt }) => markup`<li><span>${mask(text)}</span><small>${by} · ${moments.before(dueAt)}</small></li>`,
  );
  return markup`<section class="bx" aria-labelledby="said"><h2 id="said">${words.promises}</h2><ul class="im">${list}</ul></section>`;
}

/** What they were given, and of a discount what it comes to by now. */
function benefits({ case: { benefits: given }, words, state: { language }, moments, mask }: Scene): Markup | null {
  if (given.length === 0) return null;
  const list = given.map(({ kind, state, values, cents, currency, until }) => {
    const amount = cents === null ? null : amountText(cents, currency, language);
    const more = [
      amount ? fill(words.benefitSum[state === 'active' ? 'runs' : 'final'], { amount }) : null,
      until && kind === 'voucher' ? fill(words.benefitUntil, { day: moments.date(until) }) : null,
    ].filter(Boolean);
    return markup`<li><span>${mask(benefitText(kind, values, language))}</span><small>${more.join(' · ')}</small></li>`;
  });
  return markup`<section class="bx" aria-labelledby="given"><h2 id="given">${words.benefits}</h2><ul class="im">${list}</ul></section>`;
}

const MEGABYTE = 1024 * 1024;
const LIMITS = {
  count: TELL_MORE.photos,
  size: TELL_MORE.photoBytes / MEGABYTE,
  letters: TELL_MORE.textLength,
};

function tellMore({ case: { owner }, words, state }: Scene): Markup {
  const hint = owner ? fill(words.tellNow, { name: firstName(owner) }) : words.tellHint;
  const wrong = state.outcome === null || state.outcome === 'sent' ? null : fill(words[state.outcome], LIMITS);
  return markup`<section class="bx" id="more" aria-labelledby="tell"><h2 id="tell">${words.tell}</h2><p class="hint" id="reads">${hint}</p>${wrong ? markup`<p class="no-n" role="alert">${words.again} ${wrong}</p>` : null}<form method="post" action="${state.path}/more?lang=${state.language}" enctype="multipart/form-data"><input type="hidden" name="nonce" value="${state.nonce}"><label for="text">${words.tellLabel}</label><textarea id="text" name="text" maxlength="${TELL_MORE.textLength}" aria-describedby="reads">${state.draft}</textarea><label for="photos">${words.photos}</label><input id="photos" type="file" name="photos" accept="image/*" multiple aria-describedby="fit"><p class="hint" id="fit">${fill(words.photosHint, LIMITS)}</p><button class="btn">${words.send}</button></form></section>`;
}

const code = ({ case: { reference }, words, state }: Scene): Markup =>
  markup`<section class="bx"><details><summary><h2>${words.code}</h2></summary><p>${words.codeHint}</p><div class="qr" role="img" aria-label="${words.codeImage} ${reference}">${new Markup(state.code)}</div><p class="code">${reference}</p></details></section>`;

const footer = ({ words, moments, state }: Scene): Markup =>
  markup`<footer class="fo"><p>${fill(words.footer, { day: moments.date(state.expiresAt) })}</p><details><summary>${words.revoke}</summary><form method="post" action="${state.path}/revoke?lang=${state.language}"><p>${words.revokeSure}</p><button class="btn q">${words.revokeDo}</button></form></details></footer>`;
