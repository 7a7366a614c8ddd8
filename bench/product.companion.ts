import 'reflect-metadata';
import { loadConfig } from '#platform';
import { startProduct } from '../apps/product.js';
import { serve } from './companion.js';

export interface ProductPorts {
  httpPort: number;
  mailPort: number;
}

/** The product as it is, api and worker in one process; its settings are its environment. */
await serve(async () => {
  const product = await startProduct(loadConfig(process.env));
  return {
    ready: { httpPort: product.httpPort, mailPort: product.mailPort } satisfies ProductPorts,
    commands: {},
    end: () => product.stop(),
  };
});
