import 'reflect-metadata';
import { ConfigError, loadConfig } from '#platform';
import { startProduct } from './product.js';

/** One image, roles by environment. Exits 0 after SIGTERM or SIGINT once everything in hand is finished. */
async function main(): Promise<void> {
  const product = await startProduct(loadConfig(process.env));
  const stop = () => {
    product.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Started by a parent that died without a word: nobody would ever stop us.
  process.once('disconnect', stop);
  process.send?.({ ready: true, httpPort: product.httpPort, mailPort: product.mailPort });
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
