import { FILE_LINK_WORDS, type Language } from '#contracts';

const STYLE = [
  ':root{color-scheme:light dark}',
  'body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem}',
  'h1{font-size:1.25rem;margin:0 0 .5rem}',
  'section+section{margin-top:2rem;padding-top:2rem;border-top:1px solid #8884}',
].join('');

/** A page for whoever followed a link that leads nowhere: in both languages, the likelier first. */
export function fileLinkPage(reason: keyof typeof FILE_LINK_WORDS, languages: [Language, Language]): string {
  const { title, text } = FILE_LINK_WORDS[reason];
  const said = languages.map(
    (language) => `<section lang="${language}"><h1>${title[language]}</h1><p>${text[language]}</p></section>`,
  );
  return `<!doctype html><html lang="${languages[0]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title[languages[0]]}</title><style>${STYLE}</style></head><body><main>${said.join('')}</main></body></html>`;
}
