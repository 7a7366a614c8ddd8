// What a file may look like. Who may import whom is in .dependency-cruiser.cjs; spacing is prettier's.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const SPECS = ['**/*.spec.{ts,tsx}', 'test/**/*.ts'];
/** The product's own code: what runs for a customer. */
const PRODUCT = ['libs/**/*.ts', 'apps/**/*.{ts,tsx}'];
const SERVER = ['libs/**/*.ts', 'apps/*.ts', 'apps/{api,worker}/**/*.ts'];

const doubleCast = {
  selector: 'TSAsExpression[expression.type="TSAsExpression"][expression.typeAnnotation.type="TSUnknownKeyword"]',
  message: 'A cast through unknown hides a wrong type. Parse the value (zod) or fix the type.',
};
const ownErrors = {
  selector: 'NewExpression[callee.name=/(?:Exception|HttpError)$/]',
  message: "Throw `new DomainError('code', details)`: the registry in #contracts has its status and its texts.",
};
const restrict = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors] });

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/dist/',
    '.hilo/',
    '.cache/',
    'coverage/',
    'test-results/',
    'apps/web/src/api/generated/',
    'apps/web/public/',
    'test/boundaries/fixtures/',
  ]),
  {
    // A rule that can be switched off beside the line it stops is not a rule.
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    languageOptions: { ecmaVersion: 2024, sourceType: 'module' },
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    rules: {
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-params': ['error', 6],
      complexity: ['error', 15],
      'max-depth': ['error', 4],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings come from the config of #platform, validated once.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:process', importNames: ['env'], message: 'Settings come from #platform.' }] },
      ],
      ...restrict(doubleCast),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Nest reads constructor types at run time: the rule leaves files with decorators alone, knowing from the
      // compiler options (emitDecoratorMetadata) that a "type" there is a value.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    files: PRODUCT,
    ignores: SPECS,
    rules: { 'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }] },
  },
  {
    // A component or hook is a list of small functions and what they show; every `&&` in the markup counts as a branch.
    files: ['apps/web/**/*.tsx', 'apps/web/**/use*.ts'],
    ignores: SPECS,
    rules: {
      'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 25],
    },
  },
  {
    // A spec is a list of cases; what it asks for is often `this or that`.
    files: SPECS,
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }], complexity: 'off' },
  },
  {
    files: ['apps/web/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat.recommended,
  },
  {
    // A windowed list measures itself while it renders; the React compiler rightly leaves such a component alone.
    files: ['apps/web/**/*.{ts,tsx}'],
    rules: {
      'react-hooks/incompatible-library': 'off',
      'react-hooks/exhaustive-deps': 'error',
      // The router's own way to lead elsewhere is to throw.
      '@typescript-eslint/only-throw-error': [
        'error',
        { allow: [{ from: 'package', package: '@tanstack/router-core', name: ['Redirect', 'NotFoundError'] }] },
      ],
    },
  },
  { files: SERVER, ignores: SPECS, rules: restrict(doubleCast, ownErrors) },
  {
    files: ['libs/views/**/*.ts'],
    ignores: SPECS,
    rules: restrict(doubleCast, ownErrors, {
      selector:
        ':matches(Literal[value=/\\b(insert\\s+into|delete\\s+from|update\\s+\\w+\\s+set)\\b/i], TemplateElement[value.raw=/\\b(insert\\s+into|delete\\s+from|update\\s+\\w+\\s+set)\\b/i])',
      message: 'Views read. What writes belongs to the room that owns the table.',
    }),
  },
  {
    files: ['**/*.{rules,states}.ts'],
    rules: restrict(
      doubleCast,
      ownErrors,
      {
        selector:
          ':matches(NewExpression[callee.name="Date"][arguments.length=0], MemberExpression[object.name="Date"][property.name="now"], MemberExpression[object.name="Math"][property.name="random"])',
        message: 'A decision depends on its arguments only: take the time as a parameter.',
      },
      { selector: 'AwaitExpression', message: 'A decision does not wait for the world: pass in what it needs.' },
    ),
  },
  {
    // What starts, stops, measures and tests the product speaks to a terminal and reads the environment.
    files: [
      'libs/platform/src/config*.ts',
      'libs/platform/src/config/**/*.ts',
      'apps/main.ts',
      'apps/launcher/**',
      'apps/sandbox/**',
      'apps/web/vite.config.ts',
      'test/**',
      'bench/**',
      'scripts/**',
      '*.js',
    ],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  {
    files: ['apps/launcher/**', 'bench/**', 'scripts/**', 'test/run*', 'test/**/*.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    // Scripts outside the compiler's reach; none of their rules needs types.
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'Buffer', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'fetch']
          .concat(['AbortController', 'AbortSignal', 'setImmediate', 'performance', 'structuredClone', 'TextDecoder'])
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } },
  },
);
