import 'reflect-metadata';
import { ConfigError, loadConfig } from '#platform';
import { startProduct } from './product.js';

/** One image, roles by environment. Exits 0 after SIGTERM or SIGINT once everything in hand is finished. */
async function main(): Promise<void> {
  const product = await startProduct(loadConfig(process.env));
  let stopping: Promise<void> | null = null;
  // A second signal changes nothing: what is in hand is being finished.
  const stop = () => {
    stopping ??= product.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by a parent that died without a word: nobody would ever stop us.
  process.on('disconnect', stop);
  process.send?.({ ready: true, httpPort: product.httpPort, mailPort: product.mailPort });
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
