import { ERRORS, type Language } from '#contracts';
import type { ShutDeskLink } from '#handoffs';
import type { Saying } from '../tracking/document.js';

type Why = ShutDeskLink['shut'];
type Said = (reference: string | null) => Record<Language, Saying>;

const gone: Said = () => ({
  es: { title: 'Este enlace no lleva a ninguna parte', text: ERRORS['desk.link_gone'].es },
  en: { title: 'This link leads nowhere', text: ERRORS['desk.link_gone'].en },
});

/** What the page of a link says that opens nothing: never anything of a customer. */
export const SHUT: Record<Why, Said> = {
  gone,
  recalled: (reference) => ({
    es: {
      title: `El encargo ${reference ?? ''} se ha retirado`,
      text: 'No sigáis con él. Borrad lo que hayáis descargado: ya no hay permiso para guardarlo.',
    },
    en: {
      title: `Work order ${reference ?? ''} was recalled`,
      text: 'Please stop, and delete what you downloaded: it may no longer be kept.',
    },
  }),
  expired: (reference) => ({
    es: {
      title: `El encargo ${reference ?? ''} ha caducado`,
      text: 'Nadie lo confirmó a tiempo y seguimos por otro camino. No hace falta que hagáis nada.',
    },
    en: {
      title: `Work order ${reference ?? ''} has expired`,
      text: 'Nobody confirmed it in time, and we went another way. There is nothing for you to do.',
    },
  }),
  forgotten: (reference) => ({
    es: {
      title: `El encargo ${reference ?? ''} ya no se enseña`,
      text: 'Terminó hace tiempo. Borrad lo que hayáis descargado: ya no hay permiso para guardarlo.',
    },
    en: {
      title: `Work order ${reference ?? ''} is no longer shown`,
      text: 'It ended a while ago. Delete what you downloaded: it may no longer be kept.',
    },
  }),
};
