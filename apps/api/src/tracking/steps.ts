import { markup, type Markup } from './html.js';
import { whereIs } from './repair.js';
import type { Scene } from './scene.js';
import { TICK } from './style.js';
import { fill } from './words.js';

type Reached = 'understood' | 'in_solution' | 'restored' | 'closed';
const REACHED: readonly Reached[] = ['understood', 'in_solution', 'restored', 'closed'];
const AHEAD = ['understood', 'in_solution', 'restored'] as const;

interface Step {
  at: string;
  title: string;
  text: string | null;
}

/** What has happened, oldest first: how it began, visits, and each stage when it was reached first. */
function happened({ case: tracked, words }: Scene): Step[] {
  const stages = REACHED.flatMap((stage) => {
    const reached = tracked.stages.find(({ status }) => status === stage);
    return reached ? [{ at: reached.at, title: words.step[stage], text: null }] : [];
  });
  const visits = tracked.visits.map(({ at, store, address, city, device }) => ({
    at,
    title: fill(device ? words.visitedWithDevice : words.visited, { store }),
    text: `${address}, ${city}`,
  }));
  const opened = { at: tracked.openedAt, title: words.opened[tracked.openedBy], text: null };
  const began = tracked.openedBy === 'store' && visits.length > 0 ? [] : [opened];
  return [...began, ...visits, ...stages].sort((one, other) => one.at.localeCompare(other.at));
}

/** What is still to come, in order. */
function ahead({ case: tracked, words }: Scene): { title: string; text: string }[] {
  if (tracked.status === 'closed') return [];
  const last = Math.max(
    -1,
    ...AHEAD.map((stage, at) => (tracked.stages.some(({ status }) => status === stage) ? at : -1)),
  );
  return AHEAD.slice(last + 1).map((stage) => words.ahead[stage]);
}

/** Where the device is, as far as we know. */
function whereabouts(scene: Scene): string {
  const {
    case: { visits },
    repairs: [repair],
    words,
  } = scene;
  if (repair) return whereIs(scene, repair);
  const seen = visits.findLast(({ device }) => device);
  return seen
    ? fill(words.deviceSeen, { store: seen.store, address: `${seen.address}, ${seen.city}` })
    : words.deviceUnseen;
}

/** The way of the case: what was, where it is now, what comes. */
export function stepsOf(scene: Scene): Markup {
  const { words, moments } = scene;
  const past = happened(scene);
  const open = scene.case.status !== 'closed';
  const done = past.map(({ at, title, text }, place) => {
    const now = open && place === past.length - 1;
    const when = [moments.moment(at), text].filter(Boolean).join(' · ');
    return markup`<li${now ? markup` class="now" aria-current="step"` : null}><span class="d">${now ? null : TICK}</span><b>${title}</b><small>${when}</small></li>`;
  });
  const next = ahead(scene).map(
    ({ title, text }) => markup`<li class="nx"><span class="d"></span><b>${title}</b><small>${text}</small></li>`,
  );
  return markup`<section class="bx" aria-labelledby="way"><h2 id="way">${words.way}</h2><p>${whereabouts(scene)}</p><ol class="vt">${done}${next}</ol></section>`;
}
