// One suite:  node --experimental-vm-modules node_modules/jest/bin/jest.js --selectProjects unit
// One file:   node --experimental-vm-modules node_modules/jest/bin/jest.js libs/platform/src/storage
// under the Node of node_modules/.bin (24). `npm test` runs them all, and brings PostgreSQL, Redis, Dovecot and Chromium along.
// Modules run as ESM: what the `jest` object offers is imported, `import { jest } from '@jest/globals'`.
import { existsSync } from 'node:fs';

const rootDir = import.meta.dirname;
const existing = (folders) => folders.filter((folder) => existsSync(`${rootDir}/${folder}`));

/** The same compiler options as .swcrc; `tsx` only differs in what it parses. */
const compile = (tsx) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', decorators: true, tsx },
      transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
      keepClassNames: true,
    },
    sourceMaps: 'inline',
  },
];

const suite = (displayName, folders, more = {}) => ({
  displayName,
  rootDir,
  roots: existing(folders).map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'tsx', 'json', 'node'],
  // Sources name their neighbours as they will be called once built; packages really have the .js file.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts', '$1.tsx'] },
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['hilo-source', 'node', 'node-addons'] },
  transform: { '\\.ts$': compile(false), '\\.tsx$': compile(true) },
  transformIgnorePatterns: ['/node_modules/'],
  ...more,
});

export default {
  // Two at a time at most: each may bring a database, a product and a browser.
  maxWorkers: 2,
  // What a file has loaded stays in the worker's memory: grown to gigabytes, every collection costs seconds of some test.
  workerIdleMemoryLimit: '1GB',
  projects: [
    suite('unit', ['libs', 'apps', 'bench', 'test/support']),
    suite('integration', ['test/integration']),
    suite('e2e', ['test/e2e']),
    suite('browser', ['test/browser']),
  ].filter((project) => project.roots.length > 0),
  testTimeout: 30_000,
};
