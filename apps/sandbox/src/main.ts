import { optionsFrom } from './options.js';
import { type Sandbox, startSandbox } from './sandbox.js';

const STOP_WITHIN_MS = 1_800;

/** Ends with 0 once everything is closed, and in time even when a connection does not let go. */
async function leave(starting: Promise<Sandbox>): Promise<void> {
  setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
  const sandbox = await starting;
  await sandbox.stop();
  process.exit(0);
}

function fail(failure: unknown): void {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const starting = startSandbox(optionsFrom(process.env));
  let leaving = false;
  for (const occasion of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.on(occasion, () => {
      if (!leaving) leave(starting).catch(fail);
      leaving = true;
    });
  }
  const { url, twitterPeer, smtpUrl } = await starting;
  process.stdout.write(`The outside world is ready: ${url} (X at ${twitterPeer}, mailboxes at ${smtpUrl})\n`);
}

main().catch(fail);
