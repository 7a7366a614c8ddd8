import { createHash } from 'node:crypto';
import type { MediaItem } from './media-library.js';

/** A link inside a message as X describes it. `start` and `end` count code points, `end` is exclusive. */
export interface Link {
  start: number;
  end: number;
  url: string;
  expandedUrl: string;
  displayUrl: string;
  mediaKey?: string;
}

const WEB_ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'»]/gu;
const length = (text: string): number => [...text].length;

/** X replaces every link by a t.co one and appends one for the attachment. */
export function shortenLinks(
  text: string,
  messageId: string,
  media: MediaItem | null,
): { wireText: string; links: Link[] } {
  const links: Link[] = [];
  let wireText = '';
  let read = 0;
  for (const match of text.matchAll(WEB_ADDRESS)) {
    wireText += text.slice(read, match.index);
    const url = shortUrl(match[0]);
    const start = length(wireText);
    const displayUrl = match[0].replace(/^https?:\/\/(www\.)?/, '');
    links.push({ start, end: start + url.length, url, expandedUrl: match[0], displayUrl: shorten(displayUrl) });
    wireText += url;
    read = match.index + match[0].length;
  }
  wireText += text.slice(read);
  if (media) {
    const url = shortUrl(`${messageId}/${media.id}`);
    wireText = wireText === '' ? url : `${wireText} ${url}`;
    const end = length(wireText);
    links.push({
      start: end - url.length,
      end,
      url,
      expandedUrl: `https://twitter.com/messages/media/${messageId}`,
      displayUrl: `pic.twitter.com/${url.slice(-10)}`,
      mediaKey: media.key,
    });
  }
  return { wireText, links };
}

function shortUrl(of: string): string {
  return `https://t.co/${createHash('sha256')
    .update(of)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 10)}`;
}

function shorten(displayUrl: string): string {
  return displayUrl.length > 27 ? `${displayUrl.slice(0, 26)}…` : displayUrl;
}
