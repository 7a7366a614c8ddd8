import { Controller, Get, Header, HttpCode, Logger, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { JobQueues, Metrics } from '#platform';
import { WAITS_SINCE } from '#views';
import { Public } from '../http/principal.js';

/** Events older than this mean that nobody hands them on. */
const LAG_LIMIT_SECONDS = 30;
const PROBE_MS = 3000;

/** What exactly fails is for the log: the answer is public. */
const log = new Logger('Readiness');

@ApiExcludeController()
@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly database: DataSource,
    private readonly queues: JobQueues,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs. */
  @Get('healthz')
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can work: database, queue, relay. 503 names what cannot. */
  @Get('readyz')
  @HttpCode(200)
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const [database, queue, relay] = await Promise.all([
      probe(() => this.database.query('select 1')),
      probe(() => this.queues.ping()),
      probe(() => this.relayLag()),
    ]);
    const checks = { database, queue, relay };
    const ok = Object.values(checks).every((check) => check === 'ok');
    void reply.status(ok ? 200 : 503);
    return { status: ok ? 'ok' : 'unavailable', checks };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async prometheus(): Promise<string> {
    return this.metrics.registry.metrics();
  }

  private async relayLag(): Promise<void> {
    const rows: { lag: number | null }[] = await this.database.query(
      `select extract(epoch from now() - (select ${WAITS_SINCE} from case_outbox o join case_event e on e.id = o.event_id order by o.seq limit 1))::float as lag`,
    );
    const lag = rows[0]?.lag ?? 0;
    this.metrics.relayLag.set(lag);
    if (lag > LAG_LIMIT_SECONDS) throw new Error(`the relay is ${Math.round(lag)} s behind`);
  }
}

async function probe(check: () => Promise<unknown>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PROBE_MS);
  });
  try {
    await Promise.race([check(), timeout]);
    return 'ok';
  } catch (error) {
    log.warn(`not ready: ${error instanceof Error ? error.message : String(error)}`);
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
