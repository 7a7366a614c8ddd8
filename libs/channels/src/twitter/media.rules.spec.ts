import { fileNameAt } from './media.rules.js';

it.each([
  ['https://pbs.twimg.com/media/Fx1.jpg?name=large', 'Fx1.jpg'],
  ['https://ton.twitter.com/1.1/ton/data/dm/1/2/M%C3%B3vil.png', 'Móvil.png'],
  ['https://ton.twitter.com/1.1/50%.png', '50%.png'],
  ['https://ton.twitter.com/1.1/a%00b%2F..%2Fc.png', 'c.png'],
  ['https://ton.twitter.com/1.1/%ff%fe.png', '%ff%fe.png'],
  ['https://ton.twitter.com/', 'attachment-1.png'],
])('a file at %s is called %s', (url, name) => {
  expect(fileNameAt(new URL(url), 'image/png')).toBe(name);
});
