// npm test: everything that must pass.  npm test -- unit lint        some of it
//                                       npm test -- libs/cases       the tests of a path (what else jest takes goes along)
// Lint, types and boundaries count as checks beside the tests; the last line is "N passed, N failed".
import { bootstrap, fail, root } from '../apps/launcher/bootstrap.mjs';

const INTERRUPTED = 130;

async function main(args) {
  const release = await bootstrap({ interruptedCode: INTERRUPTED });
  // Only from here on it is certain that Node is a new one.
  const { runEverything } = await import('./run/everything.mjs');
  process.exit(await runEverything(root, args, { interruptedCode: INTERRUPTED, onHandover: release }));
}

main(process.argv.slice(2)).catch(fail);
