import { OUTCOME_WORDS } from '#contracts';
import { markup, type Markup } from './html.js';
import type { Scene } from './scene.js';

type Told = Pick<Scene, 'words' | 'moments' | 'mask'> & {
  case: Pick<Scene['case'], 'warranties'>;
  state: Pick<Scene['state'], 'language'>;
};

/** What we decided about the warranty of their phone, as far as they were to be told. */
export function warrantiesOf({ case: { warranties }, words, moments, state, mask }: Told): Markup | null {
  if (warranties.length === 0) return null;
  const told = warranties.map(
    ({ device, outcome, plainWords, nextStep, at }) =>
      markup`<p><b>${device === '' ? null : markup`${device}: `}${OUTCOME_WORDS[outcome][state.language]}</b></p><p>${mask(plainWords)}</p>${nextStep ? markup`<p>${words.warrantyNext} ${mask(nextStep)}</p>` : null}<p class="hint">${moments.moment(at)}</p>`,
  );
  return markup`<section class="bx" aria-labelledby="warranty"><h2 id="warranty">${words.warranty}</h2>${told}</section>`;
}
