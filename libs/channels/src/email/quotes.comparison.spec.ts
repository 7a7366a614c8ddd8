import EmailReplyParser from 'email-reply-parser';
import { CLIENTS, HISTORY, LANGUAGES, NEW } from '../../../../test/fixtures/email/quotes.js';
import { splitQuote } from './quotes.rules.js';

/** Our rules beside a maintained library (email-reply-parser, without the native re2), on what programs write. */

const readers = {
  ours: (text: string) => splitQuote(text).fresh,
  library: (text: string) => new EmailReplyParser().read(text).getVisibleText(),
};

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.replace(/^[>\s]+/u, '').trim());

type Found = 'all' | 'all but the line above' | 'nothing' | 'some';

/** How much of the history is folded, and what of the new words is folded with it. */
function found(read: (text: string) => string, whole: string, history: string): { found: Found; lost: string[] } {
  const shown = linesOf(read(whole));
  const left = HISTORY.filter((line) => shown.includes(line)).length;
  const mark = linesOf(history).find((line) => line !== '') ?? '';
  const none = shown.includes(mark) ? 'all but the line above' : 'all';
  const how = left === 0 ? none : left === HISTORY.length ? 'nothing' : 'some';
  return { found: how, lost: NEW.filter((line) => !shown.includes(line)) };
}

/** Where the library finds less than all; it does find all of every other sample. */
const LIBRARY: Record<string, Found> = {
  'Gmail · Catalan': 'all but the line above',
  'Gmail, a long name · German': 'all but the line above',
  'Gmail, a long name · Catalan': 'all but the line above',
  'Apple Mail · Portuguese': 'all but the line above',
  'Apple Mail · Catalan': 'all but the line above',
  'Thunderbird · Portuguese': 'all but the line above',
  'Thunderbird · Catalan': 'all but the line above',
  'Yahoo · German': 'nothing',
  'Yahoo · Catalan': 'nothing',
  'Outlook, in text alone · Spanish': 'nothing',
  'Outlook, in text alone · Portuguese': 'nothing',
  'Outlook, in text alone · Catalan': 'nothing',
  'Samsung Email · Spanish': 'nothing',
  'Samsung Email · Portuguese': 'nothing',
  'Samsung Email · French': 'nothing',
  'Samsung Email · Catalan': 'nothing',
};

const SAMPLES = Object.entries(CLIENTS).flatMap(([client, write]) =>
  LANGUAGES.map((language) => {
    const { signed, history } = write(language);
    const whole = `${NEW.join('\n')}\n\n${signed ? `${signed}\n\n` : ''}${history}`;
    return { name: `${client} · ${language}`, whole, history };
  }),
);

describe('the history of a mail, in six languages and eleven programs', () => {
  it.each(SAMPLES)('$name', ({ name, whole, history }) => {
    expect(found(readers.ours, whole, history)).toEqual({ found: 'all', lost: [] });
    expect(found(readers.library, whole, history)).toEqual({ found: LIBRARY[name] ?? 'all', lost: [] });
  });

  it('names no sample that is not there', () => {
    const names = SAMPLES.map(({ name }) => name);
    expect(Object.keys(LIBRARY).filter((name) => !names.includes(name))).toEqual([]);
    expect(names).toHaveLength(66);
  });
});

/** Where they differ otherwise: what the library leaves to be read at once, and why we leave all of it. */
const DIFFERENCES: { name: string; why: string; text: string; library: string }[] = [
  {
    name: 'answers between the quoted lines',
    why: 'without the question, "3564" and "Uno negro" mean nothing',
    text: '> ¿IMEI?\n3564\n\n> ¿Modelo?\nUno negro',
    library: '3564\nUno negro',
  },
  {
    name: 'an answer below the history',
    why: 'only what has nothing new below it is folded',
    text: 'El lun, 3 nov 2026, Nexo escribió:\n> ¿IMEI?\n\n3564',
    library: '3564',
  },
  {
    name: 'a language the product does not know, without brackets',
    why: 'a line in the table, once customers write in it; no history is lost by showing it',
    text: 'Hej\n\nDen tis 3 nov. 2026 kl 10:00 skrev Nexo <care@hilo.test>:\n\nHej Robin',
    library: 'Hej',
  },
  {
    name: 'data of somebody else',
    why: 'new words the library hides: "De:" with an address is enough for it',
    text: 'Es el móvil de mi madre.\n\nDe: Ana <ana@example.com>\nModelo: A9\nIMEI: 3564',
    library: 'Es el móvil de mi madre.',
  },
  {
    name: 'a line of dashes',
    why: 'new words the library hides: it takes them for a signature',
    text: 'Hola\n----\nEl IMEI es 3564',
    library: 'Hola',
  },
  {
    name: 'more below a farewell',
    why: 'new words the library hides: it takes them for a signature',
    text: 'No enciende.\n\nBest regards,\nAna\n\nPS: el IMEI es 3564',
    library: 'No enciende.',
  },
];

describe('where they differ otherwise', () => {
  it.each(DIFFERENCES)('$name: $why', ({ text, library }) => {
    expect(readers.ours(text).trim()).toBe(text);
    expect(readers.library(text).trim()).toBe(library);
  });
});
