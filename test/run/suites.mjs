import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showCommand } from '../../apps/launcher/run-command.mjs';
import { banner } from './tally.mjs';

/** Suite (a project of jest.config.js) → what it needs around it. */
export const SUITES = {
  unit: { needs: [] },
  integration: { needs: ['database', 'redis'] },
  e2e: { needs: ['database', 'redis', 'web'] },
  browser: { needs: ['database', 'web', 'chromium'] },
};

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const REDIS_SPECS = '.redis.spec.ts';

/** Jest's own account of a run; one that broke off before it could give one counts as a failure. */
function countsOf(reportPath, exitCode) {
  if (!existsSync(reportPath)) return { passed: 0, failed: exitCode === 0 ? 0 : 1 };
  const report = JSON.parse(readFileSync(reportPath, 'utf8'));
  // A file that does not even load has no tests to fail; it counts as one.
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

/** What stands in the way of the whole suite, or of its Redis specs alone. */
function missing(name, surroundings) {
  const { needs } = SUITES[name];
  const why = needs.map((need) => (need === 'redis' ? undefined : surroundings.lacks[need])).find(Boolean);
  const withoutRedis = needs.includes('redis') ? surroundings.lacks.redis : undefined;
  return { why, withoutRedis };
}

/** Runs one suite under jest, its output as it comes, and counts its tests. */
export async function runSuite(root, name, { tally, surroundings, forJest }) {
  if (name !== 'unit' && !existsSync(join(root, 'test', name))) return;
  banner(name);
  const { why, withoutRedis } = missing(name, surroundings);
  if (why) return tally.couldNotRun(name, why);
  const ignore = withoutRedis ? ['--testPathIgnorePatterns', '/node_modules/', '/dist/', '\\.redis\\.spec\\.ts$'] : [];
  if (withoutRedis)
    for (const file of globSync(`test/${name}/**/*${REDIS_SPECS}`, { cwd: root }))
      tally.couldNotRun(file, withoutRedis);
  const folder = mkdtempSync(join(tmpdir(), 'hilo-report-'));
  const report = join(folder, 'report.json');
  const args = ['--selectProjects', name, '--passWithNoTests', '--json', '--outputFile', report, ...ignore];
  const started = performance.now();
  const exitCode = await showCommand(process.execPath, [...JEST, ...args, ...forJest], {
    cwd: root,
    env: { ...process.env, ...surroundings.env, NODE_ENV: 'test' },
  });
  tally.add(name, countsOf(report, exitCode), (performance.now() - started) / 1000);
  rmSync(folder, { recursive: true });
}
