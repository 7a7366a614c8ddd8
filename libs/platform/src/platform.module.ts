import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataSource } from 'typeorm';
import { CLOCK, systemClock, type Clock } from './clock.js';
import { CONFIG, type Config } from './config.js';
import { openDatabase, type DatabaseOptions } from './database.js';
import { Doorbell } from './doorbell.js';
import { logModule } from './log.js';
import { Metrics } from './metrics.js';
import { ProcessLocks } from './process-locks.js';
import { JobQueues } from './queue.js';
import { Rush } from './rush.js';
import { Secrets } from './secrets.js';
import { openStorage, STORAGE } from './storage/index.js';
import { Wake } from './wake.js';

export interface PlatformOptions {
  clock?: Clock;
  queuePrefix?: string;
  /** The records of all rooms. */
  entities?: DatabaseOptions['entities'];
}

/** Plumbing for every room: one pool, one queue, one storage, one doorbell per process. */
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly database: DataSource,
    private readonly queues: JobQueues,
    private readonly doorbell: Doorbell,
    private readonly locks: ProcessLocks,
  ) {}

  static forRoot(config: Config, options: PlatformOptions = {}): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: CLOCK, useValue: options.clock ?? systemClock },
      {
        provide: DataSource,
        useFactory: () =>
          openDatabase({ url: config.database.url, pool: config.database.pool, entities: options.entities }),
      },
      {
        provide: STORAGE,
        useFactory: (database: DataSource) =>
          openStorage(config.storage.url ?? pathToFileURL(join(config.home, 'attachments')).href, database),
        inject: [DataSource],
      },
      {
        provide: JobQueues,
        useFactory: () =>
          JobQueues.open({ databaseUrl: config.database.url, redisUrl: config.redisUrl, prefix: options.queuePrefix }),
      },
      { provide: Doorbell, useFactory: () => new Doorbell(config.redisUrl) },
      { provide: ProcessLocks, useFactory: (database: DataSource) => new ProcessLocks(database), inject: [DataSource] },
      { provide: Secrets, useValue: new Secrets(config) },
      { provide: Rush, useFactory: () => new Rush() },
      { provide: Wake, useValue: new Wake() },
      { provide: Metrics, useValue: new Metrics() },
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [logModule(config)],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }

  /** Last of all: everything that used these has stopped by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.queues.close();
    this.doorbell.close();
    await this.locks.close();
    await this.database.destroy();
  }
}
