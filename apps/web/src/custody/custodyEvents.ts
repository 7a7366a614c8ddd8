import type { Hands } from '#contracts';
import type { Sentences } from '../case/eventSentence.js';
import type { Translate } from '../i18n/Words.js';

/** How somebody who can hold a device is called; of some only what they are is known. */
export const handsName = ({ kind, name }: Hands, t: Translate): string =>
  kind === 'customer' || name === '—' ? t(`custody.hands.${kind}`) : name;

/** Where it goes or comes from, with its preposition: some languages melt it into the article. */
export const toHands = ({ kind, name }: Hands, t: Translate): string =>
  kind === 'customer' || name === '—' ? t(`custody.to.${kind}`) : t('custody.to', { who: name });
export const fromHands = ({ kind, name }: Hands, t: Translate): string =>
  kind === 'customer' || name === '—' ? t(`custody.from.${kind}`) : t('custody.from', { who: name });

/** How what happens to phones on their way reads on the timeline. */
export const custodySentences: Sentences = {
  'custody.moved': ({ name, from, to }, _author, t) =>
    from
      ? t('event.custody.moved', { name, from: handsName(from, t), to: handsName(to, t) })
      : t('event.custody.begun', { name, to: handsName(to, t) }),
  'leg.planned': ({ name, from, to }, author, t) =>
    t('event.leg.planned', { author, name, from: fromHands(from, t), to: toHands(to, t) }),
  'leg.eta_moved': ({ name, to }, _author, t) => t('event.leg.eta_moved', { name, to: new Date(to) }),
  'leg.lost': ({ name, reason }, author, t) => t('event.leg.lost', { author, name, reason }),
  'leg.cancelled': ({ name }, _author, t) => t('event.leg.cancelled', { name }),
  'claim.settled': ({ state, note }, author, t) =>
    t('event.claim.settled', {
      author,
      state: t(`claim.state.${state as 'open'}`).toLocaleLowerCase(),
      note,
    }),
};
