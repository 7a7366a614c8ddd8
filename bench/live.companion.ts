import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { IntakeService } from '#cases';
import type { InboundInteraction } from '#contracts';
import { loadConfig, Wake } from '#platform';
import { startProduct } from '../apps/product.js';
import { serve } from './companion.js';
import type { ProductPorts } from './product.companion.js';

const arrivalOf = (n: number): InboundInteraction => ({
  channel: 'twitter',
  externalId: `bench-${n}`,
  contact: { kind: 'twitter', value: String(1_000_000 + n), handle: `persona${n}`, display: `@persona${n}` },
  displayName: `Persona ${n}`,
  text: 'No tengo datos desde esta mañana.',
  occurredAt: new Date().toISOString(),
});

/** The product, and a way to let something arrive in it as its channels do: one intake transaction, then the wake-up call. */
await serve(async () => {
  const product = await startProduct(loadConfig(process.env));
  const [database, intake, wake] = [product.app.get(DataSource), product.app.get(IntakeService), product.app.get(Wake)];

  /** @returns when it was committed, milliseconds of the machine's clock */
  async function arrive(n: number): Promise<number> {
    await database.transaction((tx) => intake.receive(tx, [arrivalOf(n)]));
    const committed = Number(process.hrtime.bigint()) / 1e6;
    wake.ring('relay');
    return committed;
  }

  return {
    ready: { httpPort: product.httpPort, mailPort: product.mailPort } satisfies ProductPorts,
    commands: { arrive },
    end: () => product.stop(),
  };
});
