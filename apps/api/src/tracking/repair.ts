import { isRepairOver, UNNAMED } from '#contracts';
import type { TrackedRepair } from '#views';
import { markup, type Markup } from './html.js';
import { quoteOf } from './quote.js';
import { REPAIR_WORDS } from './repair-words.js';
import type { Scene } from './scene.js';
import { TICK } from './style.js';
import { fill } from './words.js';

/** The repairs of the case, each with its quote: what it waits for comes first. */
export const repairsOf = (scene: Scene): Markup[] =>
  scene.repairs.map((repair) => {
    const quote = quoteOf(scene, repair);
    const waits = repair.stage === 'quoted';
    return markup`${waits ? quote : null}${repairOf(scene, repair)}${waits ? null : quote}`;
  });

function repairOf(scene: Scene, repair: TrackedRepair): Markup {
  const { state, moments } = scene;
  const words = REPAIR_WORDS[state.language];
  const stages = scene.stages[state.language];
  const id = `repair-${repair.id.slice(-8)}`;
  const over = isRepairOver(repair.stage);
  const steps = repair.stages.map(({ stage, at }, place) => {
    const now = !over && place === repair.stages.length - 1;
    return markup`<li${now ? markup` class="now" aria-current="step"` : null}><span class="d">${now ? null : TICK}</span><b>${stages[stage].title}</b><small>${moments.moment(at)}${now ? ` · ${stages[stage].text}` : ''}</small></li>`;
  });
  return markup`<section class="bx" aria-labelledby="${id}"><h2 id="${id}">${fill(words.repair, { device: repair.device })}</h2><p>${whereIs(scene, repair)}${back(scene, repair)}</p><ol class="vt">${steps}</ol>${dataOf(scene, repair)}</section>`;
}

/** Where the device of a repair is; with a company of which we know the name, with which one. */
export function whereIs(
  { state }: { state: Pick<Scene['state'], 'language'> },
  { holder, store, company, onItsWay }: Pick<TrackedRepair, 'holder' | 'store' | 'company' | 'onItsWay'>,
): string {
  const words = REPAIR_WORDS[state.language];
  if (onItsWay?.kind === 'partner' && onItsWay.name !== UNNAMED) return fill(words.toCompany, { to: onItsWay.name });
  if (onItsWay) return fill(words.onItsWay[onItsWay.kind], { to: onItsWay.name });
  if (holder === 'partner' && company !== null) return fill(words.atCompany, { company });
  return fill(words.holder[holder], {
    store: store.name,
    address: `${store.address}, ${store.city}`,
  });
}

function back({ state, moments }: Scene, { promisedReturnAt, stage }: TrackedRepair): string {
  if (!promisedReturnAt || isRepairOver(stage)) return '';
  return ` ${fill(REPAIR_WORDS[state.language].back, { moment: moments.before(promisedReturnAt) })}`;
}

function dataOf({ state }: Scene, { data }: TrackedRepair): Markup | null {
  if (data.length === 0) return null;
  const words = REPAIR_WORDS[state.language];
  const list = data.map(
    ({ category, result }) =>
      markup`<li><span>${words.category[category]}</span><small>${result ? words.result[result] : words.working}</small></li>`,
  );
  return markup`<h3>${words.data}</h3><ul class="im">${list}</ul>`;
}
