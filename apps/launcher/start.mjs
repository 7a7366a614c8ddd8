// npm start, and every other command that needs Hilo installed and built:  node apps/launcher/start.mjs [command] [arguments]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap, fail, root } from './bootstrap.mjs';
import { buildServer, buildWeb } from './build.mjs';
import { CommandError } from './run-command.mjs';

/** Command → its module in dist (none: the preparation is all), and whether it shows the web app. */
const COMMANDS = {
  install: { entry: undefined, build: false },
  build: { entry: undefined, web: true },
  start: { entry: 'dist/apps/launcher/src/start.js', web: true },
  dev: { entry: 'dist/apps/launcher/src/dev.js', web: false },
  migrate: { entry: 'dist/apps/launcher/src/migrate.js', web: false },
  seed: { entry: 'dist/apps/launcher/src/seed.js', web: false },
  token: { entry: 'dist/apps/launcher/src/token.js', web: false },
  bench: { entry: 'dist/bench/run.js', web: false },
};

async function main(name = 'start') {
  const command = COMMANDS[name];
  if (!command) throw new CommandError(`There is no command "${name}". There is: ${Object.keys(COMMANDS).join(', ')}.`);
  const release = await bootstrap({ interruptedCode: 0 });
  if (command.build === false) return;
  await Promise.all([buildServer(root), command.web ? buildWeb(root) : false]);
  if (!command.entry) return;
  const entry = join(root, command.entry);
  if (!existsSync(entry)) throw new CommandError(`"npm run ${name}" is not part of this version.`);
  process.setSourceMapsEnabled(true);
  // The command sees its own arguments where any script finds them.
  process.argv.splice(1, process.argv.length - 1, entry, ...process.argv.slice(3));
  const { run } = await import(pathToFileURL(entry).href);
  release();
  await run?.();
}

main(process.argv[2]).catch(fail);
