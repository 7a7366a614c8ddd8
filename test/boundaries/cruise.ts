import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { cp, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(import.meta.dirname, 'fixtures');
const RULES_FILE = join(ROOT, '.dependency-cruiser.cjs');

/** A boundary that was crossed: which rule, and the two files. */
export interface Crossing {
  rule: string;
  from: string;
  to: string;
}

/** The names of all rules, as configured. */
export async function ruleNames(): Promise<string[]> {
  const { ruleSet } = await extractDepcruiseOptions(RULES_FILE);
  return (ruleSet?.forbidden ?? []).map((rule) => rule.name ?? '(unnamed)');
}

/** The names of all red fixtures. */
export async function redFixtures(): Promise<string[]> {
  const entries = await readdir(FIXTURES, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && entry.name !== 'green').map((entry) => entry.name);
}

/** Follows every import under `folders` of the tree at `baseDir`. */
export async function follow(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const options = await extractDepcruiseOptions(RULES_FILE);
  const { enhancedResolveOptions, ...rest } = options;
  const { output } = await cruise(folders, { ...rest, baseDir }, { ...enhancedResolveOptions, bustTheCache: true });
  if (typeof output === 'string') throw new Error(`expected a result, got text: ${output.slice(0, 200)}`);
  return output;
}

/** What a cruise found, as plain rows. */
export const crossings = (result: ICruiseResult): Crossing[] =>
  result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));

/**
 * Lays the green tree, and over it the red one, into a folder of its own with this project's package.json:
 * doors and dependencies resolve there exactly as they do here. Fixture files end in `.txt`, so that no
 * compiler, linter or test runner of the project takes them for its own.
 */
export async function furnish(fixture: string): Promise<{ folder: string; clear: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hilo-boundaries-'));
  await cp(join(FIXTURES, 'green'), folder, { recursive: true });
  if (fixture !== 'green') await cp(join(FIXTURES, fixture), folder, { recursive: true });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) await rename(path, path.replace(/\.txt$/, ''));
  }
  for (const file of ['package.json', 'tsconfig.json']) await cp(join(ROOT, file), join(folder, file));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return { folder, clear: () => rm(folder, { recursive: true, force: true }) };
}
