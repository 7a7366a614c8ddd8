import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchContext } from './bench.js';
import { Companion } from './companion.js';
import { BARE_SCHEMA } from './ingest.bare.sql.js';
import type { BareMailSettings } from './ingest.bare.js';
import { BARE, CONNECTIONS, deliver, MIX, PRODUCT, type MailSample, type MailTwin } from './mail.rounds.js';
import { median, medianRatio } from './numbers.js';
import { startProductTwin } from './product.js';
import type { Report } from './report.js';
import { interleave, type Compared, type Twin } from './rounds.js';
import { withClient } from './server.js';

const MAILS = 1500;

async function startTwins(context: BenchContext): Promise<{ product: MailTwin; bare: MailTwin }> {
  const { server, options } = context;
  const productUrl = await server.createMigrated('product');
  const bareUrl = await server.create('bare');
  await withClient(bareUrl, (client) => client.query(BARE_SCHEMA));
  const folder = join(server.folder, 'bare');
  mkdirSync(folder);
  const { companion: load } = await Companion.start({ file: 'smtp.load.js' });
  const product = await startProductTwin(context, productUrl);
  const bare = await Companion.start<{ mailPort: number }>({
    file: 'ingest.bare.js',
    settings: { url: bareUrl, folder } satisfies BareMailSettings,
    profileFolder: options.profileFolder,
  });
  const twin = { load, server };
  return {
    product: {
      ...twin,
      companion: product.companion,
      port: product.ready.mailPort,
      client: await server.connect(productUrl),
      sight: PRODUCT,
    },
    bare: {
      ...twin,
      companion: bare.companion,
      port: bare.ready.mailPort,
      client: await server.connect(bareUrl),
      sight: BARE,
    },
  };
}

/** Email → committed case. `--size`: mails a round. */
export const ingest: Bench = async (context) => {
  const { options, say } = context;
  const count = options.size ?? MAILS;
  const { product, bare } = await startTwins(context);
  const turn = (name: string, twin: MailTwin): Twin<MailSample> => ({
    companion: twin.companion,
    run: async (round) => {
      const sample = await deliver(twin, { round, count: round === 0 ? Math.ceil(count / 2) : count, mix: MIX });
      say(`  ${name} round ${round}: ${(sample.mails / sample.seconds).toFixed(0)} mails/s`);
      return sample;
    },
  });
  const compared = await interleave(options.rounds, turn('product', product), turn('bare', bare));
  return [reportOf(compared, count)];
};

const each = (samples: MailSample[], value: (sample: MailSample) => number): number[] => samples.map(value);

function reportOf({ product, bare }: Compared<MailSample>, count: number): Report {
  const rate = ({ mails, seconds }: MailSample) => mails / seconds;
  const node = ({ nodeMs, mails }: MailSample) => nodeMs / mails;
  const postgres = ({ postgresMs, mails }: MailSample) => postgresMs / mails;
  const cpu = (sample: MailSample) => node(sample) + postgres(sample);
  const line = (what: string, unit: string, value: (sample: MailSample) => number) => ({
    what,
    unit,
    product: median(each(product, value)),
    bare: median(each(bare, value)),
  });
  const uneven = product.flatMap((sample, round) => {
    const [mine, other] = [JSON.stringify(sample.made), JSON.stringify(bare[round]?.made)];
    return mine === other ? [] : [`round ${round + 1}: the product made ${mine}, the bare pipeline ${other}`];
  });
  return {
    bench: 'ingest',
    title: `email → committed case, ${count} mails a round over ${CONNECTIONS} connections, ${product.length} rounds`,
    lines: [
      line('mails committed', '/s', rate),
      line('CPU of Node', 'ms a mail', node),
      line('CPU of PostgreSQL', 'ms a mail', postgres),
      line('CPU', 'ms a mail', cpu),
    ],
    ratios: [
      { name: 'ingest', value: medianRatio(each(product, rate), each(bare, rate)) },
      { name: 'ingest-cpu', value: medianRatio(each(product, cpu), each(bare, cpu)) },
    ],
    notes: [
      'the product also stores each original, publishes events, sanitises html (half of the mails have it): all in its CPU',
    ],
    failures: uneven,
  };
}
