import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showCommand } from '../../apps/launcher/run-command.mjs';
import { banner } from './tally.mjs';

/** Suite (a project of jest.config.js) → what it needs around it, and what it likes to have: without, it is only slower. */
export const SUITES = {
  unit: { needs: [] },
  integration: { needs: ['database', 'redis', 'dovecot'] },
  e2e: { needs: ['database', 'redis', 'dovecot', 'web'] },
  browser: { needs: ['database', 'web', 'chromium'], likes: ['shell'] },
};

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
/** Needs of some specs of a suite only, which say so in their names: `*.redis.spec.ts`. */
const NEEDS_OF_SPECS = ['redis', 'dovecot'];

/** Jest's own account of a run; one that broke off before it could give one counts as a failure. */
function countsOf(reportPath, exitCode) {
  if (!existsSync(reportPath)) return { passed: 0, failed: exitCode === 0 ? 0 : 1 };
  const report = JSON.parse(readFileSync(reportPath, 'utf8'));
  // A file that does not even load has no tests to fail; it counts as one.
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

/** What stands in the way of the whole suite, or of those of its specs that need more: need → why it is not there. */
function missing(name, surroundings) {
  const { needs } = SUITES[name];
  const why = needs.map((need) => (NEEDS_OF_SPECS.includes(need) ? undefined : surroundings.lacks[need])).find(Boolean);
  const lacking = NEEDS_OF_SPECS.filter((need) => needs.includes(need) && surroundings.lacks[need]);
  return { why, without: lacking.map((need) => [need, surroundings.lacks[need]]) };
}

/** Runs one suite under jest, its output as it comes, and counts its tests. */
export async function runSuite(root, name, { tally, surroundings, forJest }) {
  if (name !== 'unit' && !existsSync(join(root, 'test', name))) return;
  banner(name);
  const { why, without } = missing(name, surroundings);
  if (why) return tally.couldNotRun(name, why);
  const ignored = without.map(([need]) => `\\.${need}\\.spec\\.ts$`);
  const ignore = without.length > 0 ? ['--testPathIgnorePatterns', '/node_modules/', '/dist/', ...ignored] : [];
  for (const [need, reason] of without)
    for (const file of globSync(`test/${name}/**/*.${need}.spec.ts`, { cwd: root })) tally.couldNotRun(file, reason);
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
