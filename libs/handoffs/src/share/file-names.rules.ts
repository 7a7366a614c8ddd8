import type { Language } from '#contracts';
import { SHARE_WORDS } from './share.words.rules.js';

interface NamedFile {
  fileName: string;
  contentType: string;
}

/** Endings that say of a file what it is; anything else behind a dot may be somebody's name. */
const ENDINGS = new Set(
  'jpg jpeg png gif webp heic heif avif tif tiff bmp svg pdf txt csv md rtf doc docx odt xls xlsx ods ppt pptx zip mp3 m4a ogg opus wav aac amr mp4 mov webm 3gp json xml html htm eml log'.split(
    ' ',
  ),
);

export const isPhoto = ({ contentType }: Pick<NamedFile, 'contentType'>): boolean => contentType.startsWith('image/');

function endingOf({ fileName, contentType }: NamedFile): string {
  const written = /\.([a-z0-9]{2,5})$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (ENDINGS.has(written)) return `.${written}`;
  const typed = contentType.split('/').at(1) ?? '';
  return ENDINGS.has(typed) ? `.${typed}` : '';
}

/** What another company reads as the names of these files, in their order: people call files by what is in them, and by whose they are. */
export function plainNames(files: readonly NamedFile[], language: Language): string[] {
  const words = SHARE_WORDS[language];
  let [photos, others] = [0, 0];
  return files.map((file) => (isPhoto(file) ? words.photo((photos += 1)) : words.file((others += 1))) + endingOf(file));
}
