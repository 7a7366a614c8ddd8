import { join } from 'node:path';
import { NODE_FLAGS } from '../apps/launcher/src/node-flags.js';
import { Companion } from './companion.js';
import type { BenchContext } from './bench.js';
import type { ProductPorts } from './product.companion.js';

/** Starts the product on a migrated database, on free ports, with its files in the folder of the bench. */
export async function startProductTwin(
  { server, options }: BenchContext,
  url: string,
  { file = 'product.companion.js', env = {} }: { file?: string; env?: Record<string, string> } = {},
): Promise<{ companion: Companion; ready: ProductPorts }> {
  return Companion.start<ProductPorts>({
    file,
    flags: NODE_FLAGS,
    profileFolder: options.profileFolder,
    env: {
      DATABASE_URL: url,
      PORT: '0',
      HILO_SMTP_PORT: '0',
      HILO_SECRET: 'the secret of a bench, thirty-two characters or more',
      HILO_HOME: join(server.folder, 'home'),
      HILO_LOG_LEVEL: 'warn',
      HILO_ROLES: 'api,worker',
      ...env,
    },
  });
}

/** What sockets of the web say of themselves when they join: a batch of changes is one ring. */
export const AS_THE_WEB = JSON.stringify({ batched: true });
