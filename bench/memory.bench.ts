import type { Bench } from './bench.js';
import { Companion } from './companion.js';
import { CONNECTIONS, deliver, MIX, PRODUCT, type MailTwin } from './mail.rounds.js';
import { startProductTwin } from './product.js';

const MAILS = 100_000;
/** As many as the loader prepares at once. */
const PORTION = 5000;
const MB = 1024 * 1024;

/** What api, worker and web hold after so many mails (`--size`), in one process. */
export const memory: Bench = async (context) => {
  const { server, options, say } = context;
  const mails = options.size ?? MAILS;
  const url = await server.createMigrated('product');
  const { companion: load } = await Companion.start({ file: 'smtp.load.js' });
  const { companion, ready } = await startProductTwin(context, url);
  const atStart = await companion.memory();
  const client = await server.connect(url);
  const twin: MailTwin = { companion, port: ready.mailPort, load, client, sight: PRODUCT, server };
  let [most, taken] = [atStart, 0];
  for (let round = 1; taken < mails; round += 1) {
    const count = Math.min(PORTION, mails - taken);
    await deliver(twin, { round, count, mix: MIX });
    taken += count;
    most = Math.max(most, await companion.memory());
    if (round % 4 === 0) say(`  ${taken} mails: ${(most / MB).toFixed(0)} MB at most`);
  }
  const after = await companion.memory();
  return [
    {
      bench: 'memory',
      title: `api, worker and web in one process, ${mails} mails over ${CONNECTIONS} connections`,
      columns: ['product', ''],
      lines: [
        { what: 'at its start', unit: 'MB', product: atStart / MB },
        { what: 'at most after a portion', unit: 'MB', product: most / MB },
        { what: 'after the last mail', unit: 'MB', product: after / MB },
      ],
      ratios: [{ name: 'memory', detail: 'MB at most', value: most / MB }],
      notes: [],
      failures: [],
    },
  ];
};
