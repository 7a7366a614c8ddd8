import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HandoffWord, type HandoffDirection, type HandoffMode, type HandoffState, type Language } from '#contracts';
import { understand, type PartnerReply } from './partner-mail.rules.js';

interface Example {
  name: string;
  text: string;
  quoted?: string;
  subject?: string;
  state?: HandoffState;
  mode?: HandoffMode;
  direction?: HandoffDirection;
  isAutomatic?: boolean;
  words: Record<string, unknown>[];
}

const FOLDER = join(import.meta.dirname, '../../../../../test/fixtures/partner-replies');
const replies = (language: Language): Example[] =>
  JSON.parse(readFileSync(join(FOLDER, `${language}.json`), 'utf8')) as Example[];

/** A Monday, eleven in the morning where the partner is. */
const AT = new Date('2026-11-23T10:00:00.000Z');

const replyOf = (language: Language, example: Partial<Example> & { text: string }): PartnerReply => ({
  fresh: example.text,
  quoted: example.quoted ?? null,
  subject: example.subject ?? null,
  direction: example.direction ?? 'out',
  state: example.state ?? 'sent',
  mode: example.mode ?? 'custody',
  language,
  timeZone: 'Europe/Madrid',
  at: AT,
  isAutomatic: example.isAutomatic ?? false,
});

describe.each(['es', 'en'] as const)('replies in %s', (language) => {
  it.each(replies(language))('$name', (example) => {
    const { words } = understand(replyOf(language, example));
    expect(words.map(({ kind }) => kind)).toEqual(example.words.map(({ kind }) => kind));
    expect(words).toMatchObject(example.words);
    for (const word of words) expect(HandoffWord.parse(word)).toEqual(word);
  });

  it('lose nothing of what was written', () => {
    for (const example of replies(language).filter(({ quoted, text }) => !quoted && !text.startsWith('>'))) {
      const said = JSON.stringify(understand(replyOf(language, example)).words);
      const plain = !/[:\n]/u.test(example.text);
      if (plain) expect(said).toContain(JSON.stringify(example.text).slice(1, -1));
    }
  });
});

it('a reply of any length is read in no time', () => {
  const long = ['aceptamos la reparación, ', '1.234,50 € → ', '> ', 'RMA ', 'a', '\n', '¿', '- '].map((part) =>
    part.repeat(200_000 / part.length),
  );
  for (const text of long) {
    const begun = performance.now();
    understand(replyOf('es', { text }));
    expect(performance.now() - begun).toBeLessThan(1500);
  }
});
