import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, runCommand } from '../../apps/launcher/run-command.mjs';
import { step } from '../../apps/launcher/progress.mjs';
import { banner } from './tally.mjs';

const ROOMS = ['apps', 'libs', 'migrations', 'bench', 'test'];

/** Check → the tools it consists of, each one counted. `needs`: a path without which there is nothing to check. */
export const CHECKS = {
  lint: [
    { name: 'eslint', tool: 'eslint/bin/eslint.js', args: ['.'] },
    { name: 'prettier', tool: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  ],
  types: [
    { name: 'tsc', tool: 'typescript/bin/tsc', args: ['-p', '.'] },
    { name: 'tsc apps/web', tool: 'typescript/bin/tsc', args: ['-p', 'apps/web'], needs: 'apps/web/tsconfig.json' },
  ],
  boundaries: [
    {
      name: 'dependency-cruiser',
      tool: 'dependency-cruiser/bin/dependency-cruiser.mjs',
      args: ['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
      folders: ROOMS,
    },
  ],
};

async function runTool(root, { name, tool, args, folders = [] }) {
  const paths = folders.filter((folder) => existsSync(join(root, folder)));
  try {
    await step(name, () =>
      runCommand(process.execPath, [join('node_modules', tool), ...args, ...paths], { cwd: root }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.log(error.output);
    return false;
  }
}

/** Runs one check and counts its tools. */
export async function runCheck(root, name, tally) {
  banner(name);
  const started = performance.now();
  const result = { passed: 0, failed: 0 };
  for (const tool of CHECKS[name]) {
    if (tool.needs && !existsSync(join(root, tool.needs))) continue;
    if (await runTool(root, tool)) result.passed += 1;
    else result.failed += 1;
  }
  tally.add(name, result, (performance.now() - started) / 1000);
}
