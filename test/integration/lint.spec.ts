import { jest } from '@jest/globals';
import { ESLint } from 'eslint';
import { join } from 'node:path';

interface Sample {
  says: string;
  /** Where the sample pretends to be. */
  file: string;
  code: string;
  /** The rules that must speak, and no others. */
  rules: string[];
}

const RED: Sample[] = [
  {
    says: 'a value of any type',
    file: 'libs/cases/src/sample.ts',
    code: 'export const a = (b: any): string => String(b);',
    rules: ['@typescript-eslint/no-explicit-any'],
  },
  {
    says: 'a cast through unknown',
    file: 'libs/cases/src/sample.ts',
    code: 'export const a = (b: Date): string => b as unknown as string;',
    rules: ['no-restricted-syntax'],
  },
  {
    says: 'a promise nobody waits for',
    file: 'libs/cases/src/sample.ts',
    code: 'export const a = (b: () => Promise<void>): void => {\n  b();\n};',
    rules: ['@typescript-eslint/no-floating-promises'],
  },
  {
    says: 'a promise where nobody looks at it',
    file: 'apps/worker/src/sample.ts',
    code: 'export const a = (b: () => Promise<void>): void => [1].forEach(async () => b());',
    rules: ['@typescript-eslint/no-misused-promises'],
  },
  {
    says: 'a swallowed error',
    file: 'apps/api/src/sample.ts',
    code: 'export const a = (b: () => void): void => {\n  try {\n    b();\n  } catch {}\n};',
    rules: ['no-empty'],
  },
  {
    says: 'the console in the product',
    file: 'apps/worker/src/sample.ts',
    code: "console.log('a');",
    rules: ['no-console'],
  },
  {
    says: 'the environment outside of the config',
    file: 'libs/channels/src/sample.ts',
    code: 'export const a = process.env.HILO_SECRET;',
    rules: ['no-restricted-properties'],
  },
  {
    says: 'an error without a code',
    file: 'apps/api/src/sample.ts',
    code: "import { NotFoundException } from '@nestjs/common';\nthrow new NotFoundException();",
    rules: ['no-restricted-syntax'],
  },
  {
    says: 'a rule that asks what time it is',
    file: 'libs/cases/src/sample.rules.ts',
    code: 'export const a = () => [Date.now(), new Date()];',
    rules: ['no-restricted-syntax'],
  },
  {
    says: 'a view that writes',
    file: 'libs/views/src/sample.ts',
    code: 'export const a = `\n  UPDATE cases SET unread = 0`;',
    rules: ['no-restricted-syntax'],
  },
  {
    says: 'a value import of a mere type',
    file: 'libs/cases/src/sample.ts',
    code: "import { EntityManager } from 'typeorm';\nexport const a = (b: EntityManager): string => b['@instanceof'].toString();",
    rules: ['@typescript-eslint/consistent-type-imports'],
  },
  {
    says: 'a function longer than a screen',
    file: 'libs/cases/src/sample.ts',
    code: `export function a(b: number): number {\n${'  b += 1;\n'.repeat(50)}  return b;\n}`,
    rules: ['max-lines-per-function'],
  },
  {
    says: 'a file of more than one idea',
    file: 'libs/cases/src/sample.ts',
    code: Array.from({ length: 301 }, (_, index) => `export const a${index} = ${index};`).join('\n'),
    rules: ['max-lines'],
  },
  {
    says: 'a hook that is not always called',
    file: 'apps/web/src/sample.tsx',
    code: "import { useState } from 'react';\nexport const A = ({ b }: { b: boolean }) => (b ? useState(1)[0] : 0);",
    rules: ['react-hooks/rules-of-hooks'],
  },
];

const GREEN: Omit<Sample, 'rules'>[] = [
  {
    says: 'a value import that injection needs',
    file: 'libs/cases/src/sample.ts',
    code: [
      "import { Injectable } from '@nestjs/common';",
      "import { DataSource } from 'typeorm';",
      '@Injectable()',
      'export class A {',
      '  constructor(readonly database: DataSource) {}',
      '}',
    ].join('\n'),
  },
  {
    says: 'the console in the launcher',
    file: 'apps/launcher/sample.ts',
    code: 'console.log(process.env.PORT);',
  },
  {
    says: 'a rule that is told what time it is',
    file: 'libs/cases/src/sample.rules.ts',
    code: 'export const a = (now: Date) => new Date(now.getTime() + 1);',
  },
];

// The compiler's language service plans to look again in some seconds; nobody here waits for that.
jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] });

const samples = [...new Set([...RED, ...GREEN].map(({ file }) => file))];
const eslint = new ESLint({
  cwd: join(import.meta.dirname, '../..'),
  overrideConfig: {
    files: samples,
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: samples,
          defaultProject: 'tsconfig.json',
          maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: samples.length,
        },
      },
    },
  },
});

/** The rules that speak about a sample; a parse error speaks for itself. */
async function spoken({ file, code }: Omit<Sample, 'rules'>): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: file });
  return [...new Set(result?.messages.map(({ ruleId, message }) => ruleId ?? message))];
}

describe('the linter', () => {
  it.each(RED)('stops $says', async ({ rules, ...sample }) => {
    expect(await spoken(sample)).toEqual(rules);
  });

  it.each(GREEN)('lets $says pass', async (sample) => {
    expect(await spoken(sample)).toEqual([]);
  });

  it('cannot be told to look away', async () => {
    const rules = await spoken({
      says: 'a silenced rule',
      file: 'libs/cases/src/sample.ts',
      code: '/* eslint-disable */\nexport const a = (b: any): string => String(b);',
    });
    expect(rules).toContain('@typescript-eslint/no-explicit-any');
  });
});
