import { Logger } from '@nestjs/common';
import { createPostgresBackend, runMigrations, withBackend, Queue, Worker, type JobsOptions } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { JOBS, type JobData, type JobName } from '#contracts';
import { correlated } from './correlation.js';
import { within } from './patience.js';

/** Does one kind of job. May run twice with the same data: a job carries ids, the truth is in the rows. */
export interface JobHandler<T extends JobName = JobName> {
  readonly job: T;
  run(data: JobData<T>): Promise<void>;
}

export interface QueueConnection {
  databaseUrl: string;
  redisUrl: string | undefined;
  /** Keeps the keys of several products on one Redis apart. */
  prefix?: string;
}

/** How long a stop waits for jobs in hand. A Redis that has just come back can keep a worker from ever closing (BullMQ 6.7). */
const STOP_MS = 3000;
const CLOSE_MS = 500;

const DEFAULTS: JobsOptions = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 500 },
  removeOnComplete: { count: 1000, age: 3600 },
  removeOnFail: { count: 5000 },
};

/** What both backends' queues and workers have in common, as far as it is used here. */
interface Sink {
  add(name: string, data: unknown, opts: JobsOptions): Promise<unknown>;
  addBulk(jobs: { name: string; data: unknown; opts: JobsOptions }[]): Promise<unknown>;
  getJobCounts(...types: 'waiting'[]): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

interface Crew {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: { name: string } | undefined, error: Error) => void): unknown;
  close(): Promise<void>;
}

interface Backend {
  queue(name: string): Sink;
  worker(name: string, run: (job: { name: string; data: unknown }) => Promise<void>, concurrency: number): Crew;
  close(): Promise<void>;
}

/** BullMQ on Redis when there is one, on PostgreSQL otherwise: the same queues and the same workers. */
export class JobQueues {
  private readonly log = new Logger(JobQueues.name);
  private readonly queues = new Map<string, Sink>();
  private readonly workers: Crew[] = [];

  private constructor(private readonly backend: Backend) {}

  static async open(connection: QueueConnection): Promise<JobQueues> {
    return new JobQueues(
      connection.redisUrl
        ? redisBackend(connection.redisUrl, connection.prefix)
        : await postgresBackend(connection.databaseUrl),
    );
  }

  /** Adds jobs of one kind in one round trip; a job whose id is already there is not added again. */
  async add<T extends JobName>(name: T, jobs: { id: string; data: JobData<T> }[]): Promise<void> {
    const rows = jobs.map(({ id, data }) => ({ name, data, opts: { ...DEFAULTS, jobId: id } }));
    const [one] = rows;
    if (!one) return;
    // On PostgreSQL many at once go through temporary tables, which cost as much as six jobs.
    if (rows.length === 1) await this.queueOf(name).add(one.name, one.data, one.opts);
    else await this.queueOf(name).addBulk(rows);
  }

  /**
   * Starts the workers.
   * @throws Error when a job of the registry has no handler, or two
   */
  start(handlers: JobHandler[], concurrency = 8): void {
    const byName = new Map(handlers.map((handler) => [handler.job, handler]));
    const missing = (Object.keys(JOBS) as JobName[]).filter((name) => !byName.has(name));
    if (missing.length > 0 || byName.size !== handlers.length)
      throw new Error(`Jobs need exactly one handler each; missing: ${missing.join(', ') || 'none'}`);
    for (const queue of new Set(handlers.map(({ job }) => queueName(job))))
      this.workers.push(this.startWorker(queue, byName, concurrency));
  }

  private startWorker(queue: string, handlers: Map<JobName, JobHandler>, concurrency: number): Crew {
    const worker = this.backend.worker(queue, (job) => run(handlers, job), concurrency);
    worker.on('error', (error) => this.log.warn(`queue ${queue}: ${error.message}`));
    worker.on('failed', (job, error) => this.log.warn(`job ${job?.name ?? '?'} failed: ${error.message}`));
    return worker;
  }

  /** Resolves when the queue's store answers. */
  async ping(): Promise<void> {
    await this.queueOf('delivery.send').getJobCounts('waiting');
  }

  /** Takes no more jobs and lets running ones finish, for a while; adding still works. */
  async stop(): Promise<void> {
    const closing = Promise.allSettled(this.workers.splice(0).map((worker) => worker.close()));
    if (!(await within(STOP_MS, closing))) this.log.warn('jobs that do not end are left; their rows bring them back');
  }

  /** Stops, then closes every connection. */
  async close(): Promise<void> {
    await this.stop();
    // One whose store has gone has nothing to close.
    const closing = Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    if (!(await within(CLOSE_MS, closing))) this.log.warn('the store of the queues does not answer, it is left');
    await this.backend.close();
  }

  private queueOf(job: JobName): Sink {
    const name = queueName(job);
    const known = this.queues.get(name);
    if (known) return known;
    const queue = this.backend.queue(name);
    queue.on('error', (error) => this.log.warn(`queue ${name}: ${error.message}`));
    this.queues.set(name, queue);
    return queue;
  }
}

const queueName = (job: JobName): string => job.split('.')[0] ?? job;

async function run(handlers: Map<JobName, JobHandler>, job: { name: string; data: unknown }): Promise<void> {
  const handler = handlers.get(job.name as JobName);
  if (!handler) throw new Error(`no handler for job ${job.name}`);
  const data = JOBS[handler.job].parse(job.data);
  await correlated(data.correlationId, () => handler.run(data));
}

function redisBackend(url: string, prefix = 'hilo'): Backend {
  const connection = new Redis(url, { maxRetriesPerRequest: null, enableReadyCheck: true });
  connection.on('error', (error) => new Logger('Redis').warn(error.message));
  return {
    queue: (name) => new Queue(name, { connection, prefix }),
    worker: (name, work, concurrency) => new Worker(name, work, { connection, prefix, concurrency }),
    close: async () => {
      if (connection.status === 'ready') await connection.quit().catch(() => connection.disconnect());
      else connection.disconnect();
    },
  };
}

async function postgresBackend(url: string): Promise<Backend> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await runMigrations(client).finally(() => client.end());
  const connection = { connectionString: url, max: 6 };
  const bound = withBackend(createPostgresBackend);
  return {
    queue: (name) => new bound.Queue(name, { connection }),
    worker: (name, work, concurrency) => new bound.Worker(name, work, { connection, concurrency }),
    close: () => Promise.resolve(),
  };
}
