import { globSync, readFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DELIVERY_REASONS, ERRORS, Language } from '#contracts';
import * as contracts from '#contracts';

const ROOT = join(import.meta.dirname, '../..');
const NOT_OURS = /(^|\/)(node_modules|dist|generated|fixtures|\.git|\.hilo|\.cache)(\/|$)|package-lock\.json$/;
/** These name what is forbidden. */
const SELF = /^test\/integration\/(house|lint)\.spec\.ts$/;

const files = (...patterns: string[]): string[] =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT, exclude: (path) => NOT_OURS.test(String(path)) }))
    .filter((path) => !SELF.test(path))
    .toSorted();

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const CODE = '{apps,libs,migrations,test,bench,docker}/**/*.{ts,tsx,mjs,cjs,js}';
const TEXT = '{apps,libs,migrations,test,bench,docker,docs}/**/*.{ts,tsx,mjs,cjs,js,json,md,css,html,yml,yaml,sh}';
const code = files(CODE, '*.{js,cjs}');
const text = files(TEXT, '*.{js,cjs,md,json}');

/** Lines that match, as `file:line text`. */
const lines = (paths: string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );

describe('the house', () => {
  it('finds its own files', () => {
    expect(code).toEqual(expect.arrayContaining(['libs/contracts/src/words.ts', 'eslint.config.js']));
    expect(text).toContain('docs/glossary.md');
  });

  it('has no dumping grounds', () => {
    const dumping = /(^|\/)(utils?|helpers?|common|shared|misc|core|stuff)(\/|\.[jt]sx?$)/;
    expect(code.filter((path) => dumping.test(path))).toEqual([]);
  });

  it('keeps every file to one idea: at most 300 lines, a spec 400', () => {
    const long = code
      .map((path) => ({ path, length: read(path).trimEnd().split('\n').length }))
      .filter(({ path, length }) => length > (/\.spec\.tsx?$/.test(path) ? 400 : 300));
    expect(long).toEqual([]);
  });

  it('skips and focuses no test', () => {
    const specs = code.filter((path) => /\.spec\.tsx?$/.test(path));
    expect(lines(specs, /\b(it|test|describe)\.(skip|only|todo|failing)\b|\b[xf](it|describe)\(/)).toEqual([]);
  });

  it('leaves nothing for later and silences no rule', () => {
    const later = /\b(TODO|FIXME|XXX)\b|not implemented|@ts-(ignore|nocheck)|eslint-disable|prettier-ignore/;
    expect(lines(code, later)).toEqual([]);
  });

  it('names no folder of the machine it was written on', () => {
    expect(lines(text, /(?<![\w.:}])\/(home|Users|root|work|workspaces?)\/[\w.]/)).toEqual([]);
  });
});

describe('the words people read', () => {
  const texts = [
    ...Object.entries(ERRORS).map(([code, entry]) => [code, entry] as const),
    ...Object.entries(DELIVERY_REASONS).map(([code, entry]) => [code, entry] as const),
  ];

  it.each(texts)('%s is said in every language, in a sentence', (code, entry) => {
    expect(code).toMatch(/^[a-z_]+\.[a-z_]+$/);
    for (const language of Language.options) expect(entry[language]).toMatch(/^[\p{Lu}¿¡].+[.?!]$/u);
    expect(entry.es).not.toBe(entry.en);
  });

  it.each(Object.entries(ERRORS))('%s answers with an error status', (_code, { status }) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });
});

describe('the pages', () => {
  const pages = files('README.md', 'docs/**/*.md');

  it('lead somewhere with every link', () => {
    const dead = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(ROOT, dirname(page), target)))
        .map((target) => `${page} → ${target}`),
    );
    expect(dead).toEqual([]);
  });

  it('explain every word of the closed vocabularies', () => {
    const glossary = read('docs/glossary.md');
    const { Audience, CaseStatus, Channel, DeliveryState, ImpactKind, ImpactState, MatchedBy, Role, WaitReason } =
      contracts;
    const unions = [Audience, CaseStatus, Channel, DeliveryState, ImpactKind, ImpactState, MatchedBy, Role, WaitReason];
    const words = unions.flatMap((union): string[] => [...union.options]);
    expect(words.filter((word) => !glossary.includes(`\`${word}\``))).toEqual([]);
  });

  it('list every setting the product reads', () => {
    const runbook = read('docs/runbook.md');
    const config = files('libs/platform/src/config*.ts', 'libs/platform/src/config/**/*.ts').map(read).join('\n');
    const names = new Set([...config.matchAll(/^ +([A-Z][A-Z_]+):/gm)].map(([, name]) => name));
    expect(names.size).toBeGreaterThan(5);
    expect([...names].filter((name) => !runbook.includes(`\`${name}\``))).toEqual([]);
  });

  it('name only commands that exist', () => {
    const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
    const named = pages.flatMap((page) => [...read(page).matchAll(/(?<=`|^)npm (?:run )?([a-z]+)/gm)]);
    expect([...new Set(named.map(([, name = '']) => name))].filter((name) => !scripts.includes(name))).toEqual([]);
  });
});
