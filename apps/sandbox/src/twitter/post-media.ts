import type { Post } from '../posts.js';
import type { MediaItem } from './media-library.js';

/** Where X keeps the picture or film of a post: everybody may fetch it. */
export function publicMediaUrl({ id, type, ending }: MediaItem): string {
  return type === 'photo'
    ? `https://pbs.twimg.com/media/${id}.${ending}`
    : `https://video.twimg.com/tweet_video/${id}.${ending}`;
}

/** The picture beside a film. */
const stillUrl = ({ id, type, ending }: MediaItem): string =>
  `https://pbs.twimg.com/media/${id}.${type === 'photo' ? ending : 'jpg'}`;

/** The link X appends to a text for its file. */
const linkFor = (post: Post) => ({
  url: `https://t.co/${post.id.slice(-10)}`,
  expanded_url: `https://x.com/i/status/${post.id}/photo/1`,
  display_url: `pic.x.com/${post.id.slice(-10)}`,
});

/** A text as X shows it: with the link of its file. */
export function wireText(post: Post): string {
  return post.media ? `${post.text} ${linkFor(post).url}`.trim() : post.text;
}

/** What a post of v2 says of its file. */
export function attachmentShape(post: Post): Record<string, unknown> {
  return post.media ? { attachments: { media_keys: [post.media.key] } } : {};
}

/** The links of a post of v2. */
export const linkShape = (post: Post): Record<string, unknown> =>
  post.media ? { urls: [{ ...linkFor(post), media_key: post.media.key }] } : {};

/** The file of a post in `includes.media` of v2. */
export function includedMedia({ media }: Post): Record<string, unknown>[] {
  if (!media) return [];
  const { key: media_key, type } = media;
  if (type === 'photo') return [{ media_key, type, url: publicMediaUrl(media) }];
  const variants = [
    { content_type: 'application/x-mpegURL', url: `${publicMediaUrl(media)}.m3u8` },
    { content_type: media.contentType, url: publicMediaUrl(media), bit_rate: 256_000 },
  ];
  return [{ media_key, type, preview_image_url: stillUrl(media), variants }];
}

/** The file of a status of v1.1: `extended_entities`. */
export function statusMedia(post: Post): Record<string, unknown> {
  const { media } = post;
  if (!media) return {};
  const film =
    media.type === 'photo'
      ? {}
      : {
          video_info: {
            variants: [{ bitrate: 256_000, content_type: media.contentType, url: publicMediaUrl(media) }],
          },
        };
  const { id: id_str, type } = media;
  return {
    extended_entities: { media: [{ id_str, type, media_url_https: stillUrl(media), ...linkFor(post), ...film }] },
  };
}
