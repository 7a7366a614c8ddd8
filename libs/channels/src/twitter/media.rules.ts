import { z } from 'zod';
import { fileNameOf } from '../email/incoming.rules.js';
import type { MediaLink, TextLink } from './direct-message.rules.js';

/** What a file is offered as: the end of its address, whatever letters that has. */
export function fileNameAt({ pathname }: URL, contentType: string): string {
  const written = /[^/]*(?=\/*$)/u.exec(pathname)?.[0] ?? '';
  let name = written;
  try {
    name = decodeURIComponent(written);
  } catch (error) {
    // Percent signs that stand for themselves.
    if (!(error instanceof URIError)) throw error;
  }
  return fileNameOf(name, contentType, 1);
}

const text = z.string().optional().catch(undefined);
const rate = z.number().optional().catch(undefined);

/** Of the versions of a film the best there is; null: it is no film. */
function bestFilm(
  variants: readonly { url: string; content_type?: string | undefined; bit_rate?: number | undefined }[],
): Omit<MediaLink, 'id'> | null {
  const [best] = variants
    .filter(({ content_type: type }) => type?.startsWith('video/') || type === 'image/gif')
    .sort((one, other) => (other.bit_rate ?? 0) - (one.bit_rate ?? 0));
  return best ? { url: best.url, contentType: best.content_type ?? null } : null;
}

/** A picture or film as v1.1 tells of it: with the link that stands for it in the text. */
export const StatusMedium = z.object({
  id_str: text,
  url: z.string().catch(''),
  expanded_url: text,
  display_url: text,
  media_url_https: text,
  video_info: z
    .object({ variants: z.array(z.object({ url: z.string(), content_type: text, bitrate: rate })).catch([]) })
    .optional()
    .catch(undefined),
});
type StatusMedium = z.infer<typeof StatusMedium>;

/** `entities` and `extended_entities` of a status, as far as files go. */
export const StatusMedia = z
  .object({ media: z.array(StatusMedium).default([]).catch([]) })
  .transform(({ media }) => media)
  .default([])
  .catch([]);

/** Their links in the text, so that it can lose them. */
export const linksOfStatus = (media: readonly StatusMedium[]): TextLink[] =>
  media.map(({ url, expanded_url, display_url }) => ({ url, expanded_url, display_url }));

/** Where its files lie: of a film its best version, of a picture the picture. */
export const filesOfStatus = (media: readonly StatusMedium[]): MediaLink[] =>
  media.flatMap(({ id_str: id, media_url_https: url, video_info: film }) => {
    const best = bestFilm((film?.variants ?? []).map((one) => ({ ...one, bit_rate: one.bitrate })));
    if (best) return [{ id: id ?? null, ...best }];
    return url ? [{ id: id ?? null, url, contentType: null }] : [];
  });

const ListedMedium = z.object({
  media_key: z.string(),
  url: text,
  preview_image_url: text,
  variants: z
    .array(z.object({ url: z.string(), content_type: text, bit_rate: rate }))
    .default([])
    .catch([]),
});
const Media = z.array(z.unknown()).catch([]);

/** `includes.media` of v2, by media key; what is no file is left out. */
export function listedMedia(media: unknown): Map<string, MediaLink> {
  const read = Media.parse(media).flatMap((raw) => ListedMedium.safeParse(raw).data ?? []);
  return new Map(
    read.flatMap((medium): [string, MediaLink][] => {
      const link = bestFilm(medium.variants) ?? stillOf(medium);
      // A media key is the kind of the file and its id: 7_1834…
      const id = /^\d+_(\d+)$/.exec(medium.media_key)?.[1] ?? null;
      return link ? [[medium.media_key, { id, ...link }]] : [];
    }),
  );
}

function stillOf({ url, preview_image_url: preview }: z.infer<typeof ListedMedium>): Omit<MediaLink, 'id'> | null {
  const still = url ?? preview;
  return still ? { url: still, contentType: null } : null;
}

/** `attachments` of a post of v2: the keys of its files. */
export const MediaKeys = z
  .object({ media_keys: z.array(z.string()).default([]).catch([]) })
  .transform(({ media_keys: keys }) => keys)
  .default([])
  .catch([]);
