import { buildServer, buildWeb } from '../../apps/launcher/build.mjs';
import { signalCommands } from '../../apps/launcher/run-command.mjs';
import { CHECKS, runCheck } from './checks.mjs';
import { runSuite, SUITES } from './suites.mjs';
import { provide } from './surroundings.mjs';
import { banner, Tally } from './tally.mjs';

const NAMES = [...Object.keys(CHECKS), ...Object.keys(SUITES)];

/** Names choose parts; paths and flags are for jest, and then only its suites are meant. */
function choose(args) {
  const named = NAMES.filter((name) => args.includes(name));
  const forJest = args.filter((arg) => !NAMES.includes(arg));
  if (named.length > 0) return { chosen: named, forJest };
  return { chosen: forJest.length > 0 ? Object.keys(SUITES) : NAMES, forJest };
}

async function runSuites(root, names, { tally, forJest, interruptedCode, onHandover }) {
  await buildServer(root);
  if (names.some((name) => SUITES[name].needs.includes('web'))) await buildWeb(root);
  const surroundings = await provide(root, names);
  onHandover();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => {
      signalCommands(signal)
        .then(() => surroundings.stop())
        .finally(() => process.exit(interruptedCode));
    });
  try {
    for (const name of names) await runSuite(root, name, { tally, surroundings, forJest });
  } finally {
    await surroundings.stop();
  }
}

/**
 * Runs the chosen parts in their order, cheap ones first.
 * @param {string} root
 * @param {string[]} args parts by name; what is no name goes to jest
 * @param {{ interruptedCode: number, onHandover: () => void }} options
 * @returns {Promise<number>} the exit code
 */
export async function runEverything(root, args, options) {
  const { chosen, forJest } = choose(args);
  const tally = new Tally(process.env.CI === 'true');
  for (const name of chosen.filter((part) => part in CHECKS)) await runCheck(root, name, tally);
  const suites = chosen.filter((part) => part in SUITES);
  if (suites.length > 0) await runSuites(root, suites, { ...options, tally, forJest });
  banner('result');
  tally.print();
  return tally.failed === 0 ? 0 : 1;
}
