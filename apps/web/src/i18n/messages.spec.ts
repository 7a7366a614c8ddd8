import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { en } from './en.js';
import { es, type Key } from './es.js';

const sources = join(process.cwd(), 'apps/web/src');

/** The arguments a message takes, with those inside plurals and selects. */
const argumentsOf = (elements: MessageFormatElement[]): string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [element.value, ...Object.values(element.options).flatMap((option) => argumentsOf(option.value))];
    if (element.type === TYPE.tag) return [element.value, ...argumentsOf(element.children)];
    return [element.value];
  });
const sortedArguments = (message: string): string[] => [...new Set(argumentsOf(parse(message)))].sort();

const sourceFiles = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !file.startsWith('i18n') && !file.endsWith('.spec.ts'),
);

const twiceIn = <T>(all: readonly T[]): T[] => all.filter((one, index) => all.indexOf(one) !== index);

describe('messages', () => {
  const keys = Object.keys(es) as Key[];

  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
  });

  it('stand in one file each, for the later of two would silently win', () => {
    const twice = ['es', 'en'].flatMap((language) => {
      const files = readdirSync(join(sources, 'i18n')).filter((file) => file.startsWith(`${language}.`));
      const stated = files.flatMap((file) =>
        [...readFileSync(join(sources, 'i18n', file), 'utf8').matchAll(/^ {2}'([^']+)':/gmu)].map((match) => match[1]),
      );
      expect(stated.length).toBe(keys.length + twiceIn(stated).length);
      return twiceIn(stated).map((key) => `${language}: ${key}`);
    });
    expect(twice).toEqual([]);
  });

  it.each(keys)('%s parses in both languages and takes the same arguments', (key) => {
    expect(es[key].trim()).not.toBe('');
    expect(en[key].trim()).not.toBe('');
    expect(sortedArguments(en[key])).toEqual(sortedArguments(es[key]));
  });

  it('exist for every key the screens name', () => {
    const named = sourceFiles.flatMap((file) =>
      [...readFileSync(join(sources, file), 'utf8').matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((key) => key !== undefined && !(key in es))).toEqual([]);
  });
});
