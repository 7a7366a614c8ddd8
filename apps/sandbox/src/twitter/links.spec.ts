import { shortenLinks } from './links.js';
import type { MediaItem } from './media-library.js';

const PICTURE: MediaItem = {
  id: '77',
  key: '3_77',
  type: 'photo',
  contentType: 'image/png',
  ending: 'png',
  bytes: Buffer.alloc(0),
};
const slice = (text: string, start: number, end: number): string => [...text].slice(start, end).join('');

describe('links in a message', () => {
  it('become t.co links, found by code points', () => {
    const { wireText, links } = shortenLinks('📵 mira (https://hilo.test/t/H-7K2F-9Q?x=1), gracias.', '5', null);
    expect(wireText).toMatch(/^📵 mira \(https:\/\/t\.co\/\w{10}\), gracias\.$/);
    expect(links).toHaveLength(1);
    const [link] = links;
    expect(link?.expandedUrl).toBe('https://hilo.test/t/H-7K2F-9Q?x=1');
    expect(slice(wireText, link?.start ?? 0, link?.end ?? 0)).toBe(link?.url);
  });

  it('leave other text alone', () => {
    expect(shortenLinks('sin enlaces http', '5', null)).toEqual({ wireText: 'sin enlaces http', links: [] });
  });

  it('end with the attachment’s, which alone is the whole text', () => {
    const { wireText, links } = shortenLinks('así está', '5', PICTURE);
    expect(wireText).toBe(`así está ${links[0]?.url ?? ''}`);
    expect(links[0]).toMatchObject({ expandedUrl: 'https://twitter.com/messages/media/5', mediaKey: '3_77' });
    expect(links[0]?.displayUrl).toMatch(/^pic\.twitter\.com\/\w{10}$/);
    expect(shortenLinks('', '5', PICTURE).wireText).toMatch(/^https:\/\/t\.co\/\w{10}$/);
  });
});
